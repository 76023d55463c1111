import { font } from './theme.js';
import { number } from './text.js';

/** What all charts have in common. */
export const frame = theme => ({
  animation: false,
  textStyle: { fontFamily: font, color: theme.soft },
  tooltip: {
    trigger: 'item', confine: true, transitionDuration: 0, backgroundColor: theme.card, borderColor: theme.line, borderWidth: 1, padding: 8,
    textStyle: { color: theme.ink, fontSize: 13 }, className: 'tip',
  },
});

export const axisStyle = theme => ({
  axisLine: { lineStyle: { color: theme.line } },
  axisTick: { lineStyle: { color: theme.line } },
  axisLabel: { color: theme.soft, hideOverlap: true },
  splitLine: { lineStyle: { color: theme.grid } },
  nameTextStyle: { color: theme.soft },
});

/** An axis of numbers that ends where that of the SVG ends. */
export const valueAxis = (axis, theme) => ({
  ...axisStyle(theme),
  type: axis.isLogarithmic ? 'log' : 'value',
  min: axis.ticks[0],
  max: axis.ticks.at(-1),
  axisLabel: { color: theme.soft, hideOverlap: true, formatter: value => number(value, 3) },
});

/** Zoom with the wheel and Ctrl, so that the wheel alone scrolls the page; drag to move. */
export const insideZoom = (axis, filterMode = 'none') => ({ type: 'inside', ...axis, filterMode, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, preventDefaultMouseMove: false });
