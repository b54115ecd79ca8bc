/// <reference path="./asciichart.d.ts" />
import asciichart from 'asciichart';

const bars = '▁▂▃▄▅▆▇█';
const HEIGHT = 8;
/** Below this many values a chart says less than a line of bars. */
const FEWEST = 6;

/** A metric's values in their order as lines: a chart, or bars on one line where they are few or all the same; none for one value. */
export function plotMetric(values: readonly number[], width: number): readonly string[] {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 2) return [];
  const low = finite.reduce((least, value) => Math.min(least, value));
  const high = finite.reduce((most, value) => Math.max(most, value));
  if (finite.length < FEWEST || low === high) {
    const line = thin(finite, Math.max(8, Math.min(60, width - 24))).map((value) => barOf(value, low, high));
    return [
      `${line.join('')}  ${formatNumber(finite[0] as number)} → ${formatNumber(finite.at(-1) as number)}`,
    ];
  }
  const labels = [low, high].map((value) => formatNumber(value).length);
  const margin = Math.max(...labels) + 1;
  const columns = Math.max(10, Math.min(100, width - margin - 4));
  const chart = asciichart.plot(thin(finite, columns), {
    height: HEIGHT,
    format: (value) => formatNumber(value, high - low).padStart(margin),
  });
  return chart.split('\n').map((line) => line.trimEnd());
}

/** A number with about four significant digits; with `span`, as many as tell values within it apart. */
export function formatNumber(value: number, span = Math.abs(value)): string {
  if (value === 0) return '0';
  const size = Math.floor(Math.log10(span || 1));
  if (Math.abs(value) >= 1e7 || Math.abs(value) < 1e-4) return value.toExponential(2);
  return value.toFixed(Math.max(0, Math.min(6, 3 - size)));
}

function barOf(value: number, low: number, high: number): string {
  const share = high === low ? 0.5 : (value - low) / (high - low);
  return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))] as string;
}

/** At most `columns` of the values, evenly chosen, the first and the last among them. */
function thin(values: readonly number[], columns: number): readonly number[] {
  if (values.length <= columns) return values;
  return Array.from({ length: columns }, (_, i) => {
    return values[Math.round((i * (values.length - 1)) / (columns - 1))] as number;
  });
}
