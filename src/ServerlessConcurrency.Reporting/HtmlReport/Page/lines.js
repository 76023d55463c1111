import { axisStyle, frame, insideZoom, valueAxis } from './frame.js';
import { number, tip } from './text.js';
import { symbols } from './theme.js';

/** Lines or points over two axes. */
export function lines(chart, { isShown, theme, width }) {
  const shown = chart.lines.filter(line => isShown(line.name));
  const colour = line => theme.series[line.style % 10];
  const isFrontier = line => line.shape === 'frontier';
  const isStep = line => line.shape === 'step' || isFrontier(line);
  const whiskers = shown.flatMap(line => line.points.filter(point => point.low < point.high).map(point => ({ line, point })));
  const value = (line, point) => tip(
    point.label ? `${line.name}, ${point.label}` : line.name,
    `${chart.across}: ${number(point.x)}`,
    `${chart.up ? `${chart.up}: ` : ''}${number(point.y, 3)}${point.low < point.high ? ` (${number(point.low, 3)} to ${number(point.high, 3)})` : ''}`);

  return {
    height: width < 560 ? 300 : 380,
    option: {
      ...frame(theme),
      grid: { left: 8, right: 20, top: 14, bottom: 26, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: { ...valueAxis(chart.x, theme), name: chart.across, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: theme.soft } },
      yAxis: {
        ...valueAxis(chart.y, theme),
        ...(shown.every(line => line.points.every(point => Number.isInteger(point.y))) ? { minInterval: 1 } : {}),
        ...(chart.up ? { name: chart.up, nameTextStyle: { color: theme.soft, align: 'left' } } : {}) },
      ...(chart.up ? { grid: { left: 8, right: 20, top: 32, bottom: 26, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } } : {}),
      dataZoom: [insideZoom({ xAxisIndex: 0 }), insideZoom({ yAxisIndex: 0 })],
      tooltip: { ...frame(theme).tooltip, formatter: ({ data }) => data?.point ? value(data.of, data.point) : undefined },
      series: [
        ...shown.map(line => ({
          type: line.shape === 'none' ? 'scatter' : 'line',
          name: line.name,
          data: line.points.map(point => ({ value: [point.x, point.y], of: line, point })),
          ...(isStep(line) ? { step: 'end' } : {}),
          symbol: symbols[(line.mark ?? line.style) % 4],
          symbolSize: isFrontier(line) ? 17 : isStep(line) ? 5 : 9,
          showSymbol: true,
          showAllSymbol: true,
          triggerLineEvent: false,
          lineStyle: { color: colour(line), width: isFrontier(line) ? 1 : 2 },
          itemStyle: { color: isFrontier(line) ? 'transparent' : isStep(line) ? colour(line) : theme.card, borderColor: colour(line), borderWidth: isFrontier(line) ? 1.5 : isStep(line) ? 0 : 2 },
          emphasis: { focus: 'series', blurScope: 'coordinateSystem', ...(isFrontier(line) ? { disabled: true } : { itemStyle: { color: colour(line), borderColor: colour(line) } }) },
          clip: !isFrontier(line),
          // Else one that comes back covers the others.
          z: isFrontier(line) ? 2 : 3 + chart.lines.indexOf(line) / 1000,
        })),
        ...shown.filter(line => line.curve.length > 0).map(line => ({
          type: 'line', data: line.curve.map(point => [point.x, point.y]), showSymbol: false, silent: true,
          lineStyle: { color: colour(line), width: 1.5, type: [5, 4] }, z: 2,
        })),
        {
          type: 'custom', silent: true, z: 2, clip: true,
          data: whiskers.map(({ point }) => [point.x, point.y, point.low, point.high]),
          encode: { x: 0, y: [1, 2, 3] },
          renderItem: ({ dataIndex }, api) => {
            const { line, point } = whiskers[dataIndex];
            const [x, y1] = api.coord([point.x, point.low]);
            const [, y2] = api.coord([point.x, point.high]);
            return { type: 'line', shape: { x1: x, x2: x, y1, y2 }, style: { stroke: colour(line), lineWidth: 1.5, opacity: 0.75 } };
          },
        },
      ],
    },
  };
}
