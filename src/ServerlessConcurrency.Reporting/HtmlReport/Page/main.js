import { init } from './echarts.js';
import { lines } from './lines.js';
import { unpack } from './packed.js';
import { rows } from './rows.js';
import { element } from './text.js';
import { colours, onThemeChange } from './theme.js';
import { timeline } from './timeline.js';

const drawings = JSON.parse(document.getElementById('data').textContent);
const kinds = { lines, rows };
const hidden = new Set();
const drawn = new Map();
const columns = new Map();
const awaited = new Set();
const offered = new Set([...document.querySelectorAll('[data-series]')].map(chip => chip.dataset.series));
let theme = colours();

/** Draws a chart into its figure, and again whenever what it shows or how changes. */
function open(figure, chart) {
  const own = new Set();
  const live = element('div', '', { class: 'live', role: 'img', 'aria-label': chart.description });
  figure.querySelector('figcaption').after(live);
  figure.classList.add('lively');
  // Those of the toolbar are there.
  const others = chart.kind === 'lines' ? chart.lines.filter(line => !offered.has(line.name)) : [];
  if (others.length > 0)
    live.after(chips(others, own, () => draw()));
  let instance;
  let width = 0;
  const draw = () => {
    const { option, height } = kinds[chart.kind](chart, { isShown: name => !hidden.has(name) && !own.has(name), theme, width: live.clientWidth });
    live.style.height = `${height}px`;
    instance ??= init(live, null, { renderer: 'canvas' });
    const windows = instance.getOption()?.dataZoom ?? [];
    option.dataZoom = option.dataZoom.map((zoom, index) => ({ ...zoom, start: windows[index]?.start ?? 0, end: windows[index]?.end ?? 100 }));
    instance.resize();
    instance.setOption(option, { notMerge: true });
    width = live.clientWidth;
  };
  draw();
  new ResizeObserver(() => {
    if (live.clientWidth > 0 && live.clientWidth !== width)
      draw();
  }).observe(live);
  return draw;
}

/** Buttons that show and hide lines: what a legend is to a reader with a mouse or a keyboard. */
function chips(series, own, changed) {
  const group = element('div', '', { class: 'chips', role: 'group', 'aria-label': 'Lines to show' });
  for (const { name, style } of series) {
    const chip = element('button', name, { type: 'button', class: `chip m${style % 10}`, 'aria-pressed': 'true' });
    chip.addEventListener('click', () => {
      toggle(own, name, chip);
      changed();
    });
    group.append(chip);
  }

  return group;
}

function toggle(set, name, chip) {
  if (!set.delete(name))
    set.add(name);
  chip.setAttribute('aria-pressed', String(!set.has(name)));
}

const drawingOf = figure => drawings[figure.dataset.drawing];
const isTimeline = figure => drawingOf(figure).kind === 'timeline';

function draw(figure) {
  if (drawn.has(figure))
    return;
  if (isTimeline(figure) && !columns.has(figure)) {
    awaited.add(figure);
    return;
  }

  const drawing = drawingOf(figure);
  drawn.set(figure, isTimeline(figure) ? timeline(figure, drawing, columns.get(figure), () => theme) : open(figure, drawing));
  figure.dataset.drawn = 'true';
  performance.mark(`drawn-${drawing.kind}`);
}

const redraw = () => {
  for (const again of drawn.values())
    again();
};

const toolbar = document.getElementById('toolbar');
if (toolbar) {
  toolbar.hidden = false;
  const contents = document.getElementById('contents');
  for (const heading of document.querySelectorAll('h2[id], h3[id]'))
    contents.append(element('a', heading.firstChild.textContent.trim(), { href: `#${heading.id}` }));
  for (const chip of toolbar.querySelectorAll('[data-series]')) {
    chip.addEventListener('click', () => {
      toggle(hidden, chip.dataset.series, chip);
      for (const [figure, again] of drawn)
        if (!isTimeline(figure))
          again();
    });
  }
}

onThemeChange(() => {
  theme = colours();
  redraw();
});

// The server has the files under other names, and may have been given a key.
if (location.protocol.startsWith('http') && location.pathname.endsWith('/report')) {
  const served = { 'experiment.json': '../' + location.pathname.split('/').at(-2), 'timings.csv': 'timings', 'trace.json': 'trace' };
  for (const link of document.querySelectorAll('.files a[href]')) {
    const name = link.getAttribute('href');
    if (served[name])
      link.href = served[name] + location.search;
    else if (name === 'report.md')
      link.closest('li').remove();
  }
}

const figures = [...document.querySelectorAll('[data-drawing]')];
// Before anyone comes near: print cannot wait for it.
for (const figure of figures.filter(isTimeline)) {
  unpack(drawingOf(figure)).then(unpacked => {
    columns.set(figure, unpacked);
    performance.mark('unpacked');
    if (awaited.has(figure))
      draw(figure);
  });
}

const near = new IntersectionObserver(entries => {
  for (const entry of entries)
    if (entry.isIntersecting)
      draw(entry.target);
}, { rootMargin: '400px' });
figures.forEach(figure => near.observe(figure));
addEventListener('beforeprint', () => figures.forEach(draw));
