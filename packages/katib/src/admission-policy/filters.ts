import { compileFilters, defaultFilter } from '@katib-push/core';
import { type CelVariable, celList, celText } from './cel.ts';

/** Filters that many Experiments give, those of Katib's own examples among them. */
const published = [
  defaultFilter,
  String.raw`([\w|-]+)\s*:\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)`,
  String.raw`([\w|-]+)\s*=\s*((-?\d+)(\.\d+)?)`,
  String.raw`{metricName: ([\w|-]+), metricValue: ((-?\d+)(\.\d+)?)}`,
  String.raw`\{metricName: ([\w|-]+), metricValue: ((-?\d+)(\.\d+)?)\}`,
];

/** What the shim reads in place of a filter, by the filter: an expression can't translate one. */
export type KnownFilters = ReadonlyMap<string, string>;

/**
 * The published filters, and more.
 *
 * @throws TypeError for one that Katib's collector can't use, or that can't be translated
 */
export function knowFilters(more: readonly string[]): KnownFilters {
  return new Map(
    [...published, ...more].map((filter) => {
      const { filters, diagnostics } = compileFilters([''], [filter]);
      const [portable, second] = filters?.portable ?? [];
      if (portable === undefined || second !== undefined)
        throw new TypeError(diagnostics[0]?.message ?? 'An empty filter means the default.');
      return [filter, portable];
    }),
  );
}

const source = 'object.spec.metricsCollector.source';
const formats = `${source}.filter.metricsFormat`;
const given = `has(${source}) && has(${source}.filter) && has(${formats}) && ${formats}.join(";") != ""`;

/** Whether a Trial gives no filters but these, which Katib joins and takes apart. */
export function givesKnown(known: KnownFilters): string {
  return `!(${given}) || ${formats}.join(";").split(";").all(f, f in ${celList([...known.keys()])})`;
}

/** The filters of the shim's configuration, as JSON. */
export function filtersVariable(known: KnownFilters): CelVariable {
  const texts = [...known].map(
    ([filter, portable]) => `${celText(filter)}: ${celText(JSON.stringify(portable))}`,
  );
  const list = `"[" + ${formats}.join(";").split(";").map(f, {${texts.join(', ')}}[f]).join(",") + "]"`;
  return { name: 'filters', expression: `${given} ? ${list} : "null"` };
}
