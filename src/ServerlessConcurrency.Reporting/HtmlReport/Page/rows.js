import { axisStyle, frame, insideZoom, valueAxis } from './frame.js';
import { font, symbols } from './theme.js';
import { tip } from './text.js';

const rowHeight = 34;
const laneHeight = 22;

/** Figures on one axis, a row for each name. */
export function rows(chart, { isShown, theme, width }) {
  const shown = chart.rows.filter(row => isShown(row.name));
  const lanes = Math.max(1, ...shown.map(row => row.marks.length));
  const isNarrow = width < 560;
  const nameWidth = Math.min(isNarrow ? 110 : 220, 16 + 7 * Math.max(4, ...shown.map(row => row.name.length)));
  const hasTexts = !isNarrow && shown.every(row => row.dots.length === 0);
  const textWidth = hasTexts ? 24 + 6.6 * Math.max(4, ...shown.flatMap(row => row.marks.map(mark => mark.text.length))) : 16;
  const lane = (row, index) => (index - (shown[row].marks.length - 1) / 2) * laneHeight;
  const height = Math.max(rowHeight, lanes * laneHeight + 8);
  const marks = shown.flatMap((row, index) => row.marks.map((mark, at) => ({ row: index, at, mark, name: row.name })));
  const clip = value => Math.min(Math.max(value, chart.axis.ticks[0]), chart.axis.ticks.at(-1));
  const dots = shown.flatMap((row, index) => row.dots.map((dot, at) => ({
    value: [clip(dot.value), index],
    symbol: dot.isValid ? 'circle' : 'path://M0 0L8 8M8 0L0 8',
    symbolSize: dot.isValid ? 7 : 9,
    symbolOffset: [0, ((at + 0.5) / row.dots.length - 0.5) * (height - 14)],
    itemStyle: dot.isValid
      ? { color: theme.series[row.marks[0]?.style ?? 1], opacity: 0.55 }
      : { color: theme.bad, borderColor: theme.bad, borderWidth: 2 },
    name: row.name, dot,
  })));

  return {
    height: shown.length * height + 44,
    option: {
      ...frame(theme),
      grid: { left: nameWidth, right: textWidth, top: 6, bottom: 30, containLabel: false },
      xAxis: valueAxis(chart.axis, theme),
      yAxis: {
        ...axisStyle(theme), type: 'category', inverse: true, data: shown.map(row => row.name), axisTick: { show: false },
        axisLabel: { color: theme.ink, interval: 0, width: nameWidth - 12, overflow: 'break', lineHeight: 13 }, splitLine: { show: false },
      },
      dataZoom: [insideZoom({ xAxisIndex: 0 })],
      tooltip: {
        ...frame(theme).tooltip,
        formatter: ({ data }) => data.dot ? tip(data.name, data.dot.title)
          : tip(data.name, ...shown[data.row].marks.map(mark => lanes > 1 ? `${mark.name}: ${mark.text}` : mark.text)),
      },
      series: [
        { type: 'scatter', data: dots, z: 2 },
        {
          type: 'custom', z: 3, clip: false,
          data: marks.map(({ row, at, mark, name }) => ({ value: [mark.estimate, row, mark.low, mark.high], row, at, mark, name })),
          renderItem: ({ dataIndex, coordSys }, api) => {
            const { row, at, mark } = marks[dataIndex];
            const place = value => api.coord([value, row]);
            const clamp = x => Math.min(Math.max(x, coordSys.x), coordSys.x + coordSys.width);
            const y = place(mark.estimate)[1] + lane(row, at);
            const colour = theme.series[mark.style];
            const isOfRuns = shown[row].dots.length > 0;
            const children = [];
            if (mark.estimate !== null) {
              const x = place(mark.estimate)[0];
              children.push({ type: 'line', shape: { x1: clamp(place(mark.low)[0]), x2: clamp(place(mark.high)[0]), y1: y, y2: y }, style: { stroke: isOfRuns ? theme.ink : colour, lineWidth: 2, opacity: 0.75 } });
              if (x >= coordSys.x - 1 && x <= coordSys.x + coordSys.width + 1)
                children.push(isOfRuns
                  ? { type: 'line', shape: { x1: x, x2: x, y1: y - 11, y2: y + 11 }, style: { stroke: theme.ink, lineWidth: 2 } }
                  : point(mark.mark, x, y, colour, theme.card));
            }

            if (hasTexts)
              children.push({ type: 'text', style: { text: mark.text, x: coordSys.x + coordSys.width + 10, y, fill: lanes > 1 ? colour : theme.soft, verticalAlign: 'middle', fontSize: 12, fontFamily: font } });
            // Wide enough to be met by a pointer.
            children.push({ type: 'rect', shape: { x: coordSys.x, y: y - laneHeight / 2, width: coordSys.width, height: laneHeight }, style: { fill: 'transparent' }, z2: isOfRuns ? -10 : 1 });
            return { type: 'group', children };
          },
        },
        {
          type: 'custom', z: 1, silent: true, clip: true, data: chart.bounds,
          renderItem: ({ dataIndex, coordSys }, api) => {
            const [x] = api.coord([chart.bounds[dataIndex], 0]);
            return { type: 'line', shape: { x1: x, x2: x, y1: coordSys.y, y2: coordSys.y + coordSys.height }, style: { stroke: theme.ink, lineDash: [4, 3], lineWidth: 1.5 } };
          },
        },
      ],
    },
  };
}

export function point(mark, x, y, stroke, fill) {
  const style = { stroke, fill, lineWidth: 2 };
  switch (symbols[mark % 4]) {
    case 'circle': return { type: 'circle', shape: { cx: x, cy: y, r: 4 }, style };
    case 'rect': return { type: 'rect', shape: { x: x - 3.5, y: y - 3.5, width: 7, height: 7 }, style };
    case 'diamond': return { type: 'polygon', shape: { points: [[x, y - 5], [x + 5, y], [x, y + 5], [x - 5, y]] }, style };
    default: return { type: 'polygon', shape: { points: [[x, y - 5], [x + 5, y + 4], [x - 5, y + 4]] }, style };
  }
}
