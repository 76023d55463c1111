import { graphic, init } from './echarts.js';
import { axisStyle, frame, insideZoom } from './frame.js';
import { firstAfter, lanesOf } from './packed.js';
import { counted, element, number, tip } from './text.js';

const outcomes = ['succeeded', 'failed', 'lost with its process', 'timed out', 'succeeded, but another attempt counted'];
const isRetry = outcome => outcome >> 3 > 0;
const isTrouble = outcome => (outcome & 7) !== 0;
// Of one that was lost it may be known only when that was noticed.
const isKnown = (lane, at) => (lane.outcome[at] & 7) !== 2 || lane.begin[at] < lane.end[at];

// One shape for thousands of bars: an element for each would make zooming slow.
graphic.registerShape('bars', graphic.extendShape({
  shape: { bars: [] },
  buildPath(path, { bars }) {
    for (let index = 0; index < bars.length; index += 4)
      path.rect(bars[index], bars[index + 1], bars[index + 2], bars[index + 3]);
  },
}));

const mostRows = 500;

/** Tasks by host and thread, one run at a time. */
export function timeline(figure, data, columns, getTheme) {
  const controls = element('div', '', { class: 'controls' });
  const status = element('output', '', { class: 'of' });
  const canvas = element('div', '', { class: 'live', role: 'img' });
  const hover = element('div', '', { class: 'tip hover', hidden: '' });
  const table = element('details', '', { class: 'still-open' });
  const kinds = new Map();
  for (const run of data.runs) {
    const kind = `${run.workload} ${run.size.toLocaleString('en')}: ${run.model}`;
    kinds.set(kind, [...kinds.get(kind) ?? [], run]);
  }

  const kindOf = [...kinds.keys()];
  const pick = (label, options) => {
    const box = element('label', label);
    const select = element('select');
    options.forEach((text, value) => select.append(element('option', text, { value })));
    box.append(select);
    controls.append(box);
    return select;
  };
  const kindSelect = pick('Workload and model ', kindOf);
  const roundSelect = pick('Round ', []);
  const button = (name, text, act) => {
    const made = element('button', text, { type: 'button', 'aria-label': name, title: name });
    made.addEventListener('click', act);
    controls.append(made);
  };
  let chart;
  let lanes = [];
  let end = 1;
  let run;
  // Of the zoom along the time or, where there are many, the lanes. An option of all lanes would be slow to get.
  const windowOf = index => chart.getModel().getComponent('dataZoom', index).getValueRange();
  const window_ = () => windowOf(0);
  const zoomTo = (from, to) => {
    const span = Math.min(end, Math.max(to - from, end / 1e5));
    const start = Math.min(Math.max(0, from), end - span);
    chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: [0, 1], startValue: start, endValue: start + span });
  };
  const zoomBy = (factor, shift = 0) => {
    const [from, to] = window_();
    const span = to - from;
    const middle = (from + to) / 2 + shift * span;
    zoomTo(middle - span * factor / 2, middle + span * factor / 2);
  };
  button('Zoom in', '+', () => zoomBy(0.5));
  button('Zoom out', '−', () => zoomBy(2));
  button('Earlier', '←', () => zoomBy(1, -0.5));
  button('Later', '→', () => zoomBy(1, 0.5));
  button('All of the run', 'All', () => zoomTo(0, end));
  controls.append(status);

  const legend = element('p', '', { class: 'legend' });
  for (const [style, text] of [['executed', 'executed'], ['waited', 'waited in the queue'], ['retried', 'tried again'], ['troubled', 'failed, lost, timed out or not counted']]) {
    const entry = element('span');
    entry.append(element('i', '', { class: `swatch ${style}` }), text);
    legend.append(entry);
  }

  legend.append(element('span', 'Ctrl and wheel: zoom; drag: move'));
  figure.append(controls, canvas, hover, legend, table);
  figure.classList.add('lively');

  function showKind(kind, runIndex) {
    const runs = kinds.get(kindOf[kind]);
    roundSelect.replaceChildren(...runs.map(of => element('option', `${of.round}: ${number(of.wallMs, 3)} ms${of.isValid ? '' : ', failed'}`, { value: data.runs.indexOf(of) })));
    kindSelect.value = kind;
    roundSelect.value = runIndex ?? data.runs.indexOf(runs[0]);
    showRun();
  }

  function showRun() {
    run = data.runs[roundSelect.value];
    lanes = lanesOf(data, columns, data.runs.indexOf(run));
    end = lanes.reduce((latest, lane) => Math.max(latest, lane.end[lane.count - 1]), run.wallMs) || 1;
    canvas.setAttribute('aria-label', `Timeline of ${kindOf[kindSelect.value]}, round ${run.round}: ${counted(lanes.reduce((sum, lane) => sum + lane.count, 0), 'task attempt')} in ${laneCount()}`);
    draw([0, end], [0, Math.min(lanes.length - 1, 400)]);
    writeTable();
  }

  const laneCount = () => run.lanesLeftOut ? `${lanes.length.toLocaleString('en')} of ${counted(lanes.length + run.lanesLeftOut, 'lane')}` : counted(lanes.length, 'lane');

  // Short where there is little room.
  const name = (lane, isNarrow) => `${data.hosts.length > 1 ? `${lane.host} · ` : ''}${isNarrow ? '' : 'thread '}${lane.thread || '?'}${lane.number ? ` (${lane.number + 1})` : ''}`;

  const hasManyLanes = () => lanes.length > 40;

  function draw([from, to], [first, last]) {
    const theme = getTheme();
    const isNarrow = canvas.clientWidth < 560;
    const names = lanes.map(lane => name(lane, isNarrow));
    const labelWidth = Math.min(isNarrow ? 110 : 260, 18 + 6.6 * names.reduce((longest, text) => Math.max(longest, text.length), 0));
    canvas.style.height = `${Math.min(620, Math.max(90, lanes.length * 20)) + 84}px`;
    chart ??= create();
    chart.resize();
    const manyLanes = hasManyLanes();
    chart.setOption({
      ...frame(theme),
      tooltip: { show: false },
      grid: { left: labelWidth, right: manyLanes ? 44 : 16, top: 8, bottom: 70 },
      xAxis: { ...axisStyle(theme), type: 'value', min: 0, max: end, axisLabel: { color: theme.soft, hideOverlap: true, showMaxLabel: false, formatter: value => number(value, 6) } },
      yAxis: {
        ...axisStyle(theme), type: 'category', inverse: true, data: names, axisTick: { show: false },
        axisLabel: { color: theme.soft, fontSize: 11, width: labelWidth - 12, overflow: 'truncate', ...(manyLanes ? { interval: Math.ceil(Math.min(lanes.length, 400) / 36) - 1 } : {}) }, splitLine: { show: false },
      },
      dataZoom: [
        { ...insideZoom({ xAxisIndex: 0 }), startValue: from, endValue: to },
        { type: 'slider', xAxisIndex: 0, filterMode: 'none', bottom: 8, height: 22, showDataShadow: false, borderColor: theme.line, textStyle: { color: theme.soft }, labelFormatter: value => number(value, 3), startValue: from, endValue: to },
        ...(manyLanes ? [{ type: 'slider', yAxisIndex: 0, filterMode: 'none', right: 6, width: 18, showDataShadow: false, showDetail: false, borderColor: theme.line, startValue: first, endValue: last }] : []),
      ],
      series: [{ type: 'custom', data: [[0, 0]], clip: true, silent: true, renderItem: (_, api) => bars(api, theme) }],
    }, { notMerge: true });
    status.value = said();
  }

  function create() {
    const made = init(canvas, null, { renderer: 'canvas' });
    made.on('datazoom', () => { status.value = said(); });
    made.getZr().on('mousemove', event => point(event));
    made.getZr().on('globalout', () => { hover.hidden = true; });
    new ResizeObserver(() => made.resize()).observe(canvas);
    return made;
  }

  // Only what is in the window, and of what falls onto one pixel only one bar.
  function bars(api, theme) {
    const [left, highest] = api.coord([0, 0]);
    const perMs = api.coord([1, 0])[0] - left;
    const { x, y, width, height } = chart.getModel().getComponent('grid').coordinateSystem.getRect();
    const from = (x - left) / perMs;
    const to = (x + width - left) / perMs;
    const band = api.size([0, 1])[1];
    const thick = Math.max(0.6, band * 0.62);
    const found = { waited: [], executed: [], retried: [], troubled: [] };
    const last = Math.min(lanes.length - 1, Math.ceil((y + height - highest) / band));
    for (let index = Math.max(0, Math.floor((y - highest) / band)); index <= last; index++) {
      const lane = lanes[index];
      const top = highest + index * band - band * 0.42;
      const below = top + thick;
      const thin = Math.max(0.4, band * 0.14);
      let at = firstAfter(lane, from);
      let waited = Infinity;
      for (; at < lane.count && lane.begin[at] <= to; at++) {
        const outcome = lane.outcome[at];
        const trouble = isTrouble(outcome);
        const begin = left + lane.begin[at] * perMs;
        const long = (lane.end[at] - lane.begin[at]) * perMs;
        add(trouble ? found.troubled : isRetry(outcome) ? found.retried : found.executed, begin, top, Math.max(long > 3 ? long - 0.7 : long, trouble ? 4 : 0.7), trouble ? band * 0.84 : thick);
        waited = Math.max(x, left + lane.queued[at] * perMs);
        if (begin - waited > 0.3)
          add(found.waited, waited, below + thin * 0.5, begin - waited, thin);
      }

      const later = Math.max(x, left + lane.earliest[at] * perMs);
      if (later < x + width)
        add(found.waited, later, below + thin * 0.5, x + width - later, thin);
    }

    const shape = (kind, fill) => ({ type: 'bars', shape: { bars: found[kind] }, style: { fill }, transition: [] });
    return {
      type: 'group',
      children: [
        shape('waited', theme.soft), shape('executed', theme.series[1]), shape('retried', theme.warn), shape('troubled', theme.bad),
      ],
    };
  }

  function add(list, x, y, width, height) {
    const last = list.length - 4;
    if (last >= 0 && list[last + 1] === y && x <= list[last] + list[last + 2] + (width < 1 ? 0.3 : 0) && x >= list[last])
      list[last + 2] = Math.max(list[last + 2], x + width - list[last]);
    else
      list.push(x, y, width, height);
  }

  function point({ offsetX, offsetY }) {
    hover.hidden = true;
    if (!chart.containPixel('grid', [offsetX, offsetY]))
      return;
    const [time, row] = chart.convertFromPixel('grid', [offsetX, offsetY]);
    const lane = lanes[Math.round(row)];
    const slack = Math.abs(chart.convertFromPixel('grid', [offsetX + 3, offsetY])[0] - time);
    const at = lane ? firstAfter(lane, time - slack) : 0;
    if (!lane || at >= lane.count || lane.begin[at] > time + slack)
      return;
    const outcome = lane.outcome[at];
    hover.replaceChildren(tip(
      `Task ${lane.task[at].toLocaleString('en')}${isRetry(outcome) ? `, attempt ${(outcome >> 3) + 1}` : ''}: ${outcomes[outcome & 7]}`,
      `${lane.host}, thread ${lane.thread || 'not known'}`,
      ...isKnown(lane, at)
        ? [`began at ${number(lane.begin[at])} ms, took ${number(lane.end[at] - lane.begin[at], 3)} ms`, `waited ${number(lane.begin[at] - lane.queued[at], 3)} ms before`]
        : [`noticed at ${number(lane.end[at])} ms; when it began and how long it waited is not known`]));
    hover.hidden = false;
    const right = canvas.offsetLeft + offsetX + 14;
    hover.style.left = `${Math.max(4, Math.min(right, canvas.offsetLeft + canvas.clientWidth - hover.offsetWidth - 4))}px`;
    hover.style.top = `${canvas.offsetTop + offsetY + 14}px`;
  }

  function said() {
    const [from, to] = window_();
    let shown = 0;
    for (const lane of lanes)
      for (let at = firstAfter(lane, from); at < lane.count && lane.begin[at] <= to; at++)
        shown++;
    figure.dataset.shown = shown;
    return `${counted(shown, 'task attempt')} from ${number(from, to - from < end / 100 ? 6 : 4)} to ${number(to, to - from < end / 100 ? 6 : 4)} ms${run.lanesLeftOut ? `; ${laneCount()}` : ''}`;
  }

  function writeTable() {
    table.replaceChildren(element('summary', 'As a table: what each thread did'));
    const head = element('tr');
    for (const [text, style] of [['Host', ''], ['Thread', 'n'], ['Tasks', 'n'], ['Busy ms', 'n'], ['Waited ms, mean', 'n'], ['Tried again', 'n'], ['Failed or lost', 'n']])
      head.append(element('th', text, { scope: 'col', class: style }));
    const body = element('tbody');
    for (const lane of lanes.slice(0, mostRows)) {
      let [busy, waited, known, retried, troubled] = [0, 0, 0, 0, 0];
      for (let at = 0; at < lane.count; at++) {
        busy += lane.end[at] - lane.begin[at];
        waited += lane.begin[at] - lane.queued[at];
        known += isKnown(lane, at);
        retried += isRetry(lane.outcome[at]);
        troubled += isTrouble(lane.outcome[at]);
      }

      const line = element('tr');
      line.append(element('th', lane.host, { scope: 'row' }));
      for (const value of [`${lane.thread || '–'}${lane.number ? ` (${lane.number + 1})` : ''}`, lane.count.toLocaleString('en'), number(busy, 6), known === 0 ? 'not known' : number(waited / known, 3), retried, troubled])
        line.append(element('td', value, { class: 'n' }));
      body.append(line);
    }

    const made = element('table');
    const top = element('thead');
    top.append(head);
    made.append(element('caption', lanes.length > mostRows ? `Threads of the run: the first ${mostRows} of ${laneCount()}` : `Threads of the run${run.lanesLeftOut ? `: ${laneCount()}` : ''}`), top, body);
    const scroll = element('div', '', { class: 'scroll dense', role: 'region', tabindex: '0', 'aria-label': 'Threads of the run' });
    scroll.append(made);
    table.append(scroll);
  }

  kindSelect.addEventListener('change', () => showKind(Number(kindSelect.value)));
  roundSelect.addEventListener('change', showRun);
  const first = data.runs[data.first];
  showKind(kindOf.findIndex(kind => kinds.get(kind).includes(first)), data.first);
  return () => draw(window_(), hasManyLanes() ? windowOf(2) : []);
}
