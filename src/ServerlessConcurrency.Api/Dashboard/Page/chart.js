// Lines over experiments in the order of their time, drawn as wide as there is room.
const CHART = { height: 260, top: 12, right: 16, bottom: 34 };
const LETTER_WIDTH = 7.5;
// Of a date and a time, also of the last, which is moved to stay within the chart.
const LABEL_ROOM = 150;
const MARKS = [
  draw => draw('circle', { r: 4 }),
  draw => draw('rect', { x: -3.5, y: -3.5, width: 7, height: 7 }),
  draw => draw('path', { d: 'M0-5 5 4H-5z' }),
  draw => draw('path', { d: 'M0-5 5 0 0 5-5 0z' }),
  draw => draw('path', { d: 'M0 5 5-4H-5z' }),
];

function mark(index, attributes) {
  const shape = MARKS[index % MARKS.length](draw);
  return fill(shape, { class: `mark m${index % 10}`, ...attributes }, []);
}

// From the least to the most by steps that people count in; by powers of ten where the values are far apart.
function scaleOf(values) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (least > 0 && most / least > 20) {
    const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
    return {
      ticks: Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)),
      at: value => (Math.log10(value) - from) / (to - from),
      isLogarithmic: true,
    };
  }
  const rough = most / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough);
  const ticks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
  return { ticks, at: value => value / ticks.at(-1), isLogarithmic: false };
}

/**
 * @param title What the chart shows, for those who do not see it.
 * @param labels What stands below each place of the horizontal axis.
 * @param series Lines, each with its name and a point or null for each place: its value and interval.
 */
function lineChart(title, labels, series) {
  const host = make('div', { class: 'chart' });
  const values = series.flatMap(line => line.points).filter(point => point !== null).flatMap(point => [point.value, point.low, point.high]);
  const scale = scaleOf(values);
  const ticks = scale.ticks.map(tick => ({ tick, text: `${tick.toLocaleString('en-US', { maximumSignificantDigits: 6 })} ms` }));
  const left = 10 + LETTER_WIDTH * Math.max(7, ...ticks.map(({ text }) => text.length));
  const observer = new ResizeObserver(() => host.isConnected ? redraw() : observer.disconnect());
  function redraw() {
    const width = Math.max(260, host.clientWidth);
    const x = place => labels.length === 1 ? (left + width - CHART.right) / 2
      : left + (width - left - CHART.right) * (0.02 + 0.96 * place / (labels.length - 1));
    const y = value => CHART.height - CHART.bottom - (CHART.height - CHART.top - CHART.bottom) * scale.at(value);
    const every = Math.max(1, Math.ceil(LABEL_ROOM * (labels.length - 1) / (0.96 * (width - left - CHART.right))));
    put(host, draw('svg', { role: 'img', 'aria-label': title, width, height: CHART.height, viewBox: `0 0 ${width} ${CHART.height}` },
      ticks.map(({ tick, text }) => [
        draw('line', { class: 'grid', x1: left, x2: width - CHART.right, y1: y(tick), y2: y(tick) }),
        draw('text', { class: 'value', x: left - 8, y: y(tick) + 4 }, text),
      ]),
      labels.map((label, place) => (labels.length - 1 - place) % every === 0
        && draw('text', { class: 'label', x: Math.min(Math.max(x(place), 55), width - 55), y: CHART.height - 10 }, label)),
      series.map((line, index) => {
        const known = line.points.map((point, place) => ({ ...point, place })).filter(point => point.value !== undefined);
        return [
          draw('polyline', { class: `line m${index % 10}`, points: known.map(point => `${x(point.place)},${y(point.value)}`).join(' ') }),
          known.map(point => [
            draw('line', { class: `whisker m${index % 10}`, x1: x(point.place), x2: x(point.place), y1: y(point.low), y2: y(point.high) }),
            fill(mark(index, { transform: `translate(${x(point.place)} ${y(point.value)})` }), {},
              [draw('title', {}, `${line.name}, ${labels[point.place]}: ${milliseconds(point.value)} ms`)]),
          ]),
        ];
      })));
  }
  observer.observe(host);
  return make('figure', {}, host,
    make('figcaption', {},
      make('ul', { class: 'legend' }, series.map((line, index) => make('li', {},
        draw('svg', { width: 12, height: 12, viewBox: '-6 -6 12 12', 'aria-hidden': 'true' }, mark(index, {})), named(line.name)))),
      hint(`Median wall time of a run with its 95 % confidence interval${scale.isLogarithmic ? ', on a logarithmic scale' : ''}.`)));
}
