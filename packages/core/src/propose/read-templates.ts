import { compileFilters, type Filters } from '../match/filters.ts';
import { type Probes, probeRounds } from '../match/probes.ts';
import { readLine } from '../match/read-line.ts';
import { fillTemplate, partsWithin } from '../templates/fill.ts';
import type { Template } from '../templates/template.ts';

/** What filters read of templates: how often, by the text, the metric and the part that gives the value. */
export type Reading = ReadonlyMap<string, number>;

const number = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[Ee][+-]?\d+)?$/;
/** Labels are one word here: a hole amid a label is taken as one. */
const rounds = probeRounds.map((probes): Probes => ({ ...probes, string: probes.string.replace(' ', '_') }));

/**
 * Runs the real filters over templates, their holes filled with numbers of several shapes.
 *
 * @returns what is read whenever the hole of the value holds a number (`sure`, with how often), what is read for some
 *   numbers (`whole`), and whatever is read in another way: a part of a number, text that is none, only now and then
 */
export function readTemplates(
  templates: readonly Template[],
  filters: Filters,
): { readonly sure: Reading; readonly whole: ReadonlySet<string>; readonly stray: ReadonlySet<string> } {
  const sure = new Map<string, number>();
  const whole = new Set<string>();
  const stray = new Set<string>();
  for (const [source, template] of templates.entries()) {
    const seen = new Map<string, number[]>();
    for (const [round, probes] of rounds.entries()) {
      const filled = fillTemplate(template, (hole) => probes[hole.type]);
      let from = 0;
      for (const line of filled.text.split('\n')) {
        for (const match of readLine(line, filters)) {
          const [part = -1, ...more] = partsWithin(filled, from + match.valueFrom, from + match.valueTo);
          const one = template.parts[part];
          const key = keyOf(source, match.name, part);
          const text = one?.kind === 'hole' ? probes[one.type].trim().replace('%', '') : undefined;
          if (more.length > 0 || match.value !== text) stray.add(key);
          else seen.set(key, [...(seen.get(key) ?? []), round]);
        }
        from += line.length + 1;
      }
    }
    for (const [key, found] of seen) {
      whole.add(key);
      const part = template.parts[partsOfKey(key).part];
      const due = rounds.filter(
        (probes) => part?.kind === 'hole' && number.test(probes[part.type].trim().replace('%', '')),
      );
      const times = found.length / new Set(found).size;
      if (new Set(found).size < due.length) stray.add(key);
      else sure.set(key, times);
    }
  }
  return { sure, whole, stray };
}

/** The same for formats as text; absent where Katib or a push client could not use them as they are. */
export function readByFormats(
  templates: readonly Template[],
  names: readonly string[],
  formats: readonly string[],
): ReturnType<typeof readTemplates> | undefined {
  const { filters, diagnostics } = compileFilters(names, formats);
  return filters && diagnostics.length === 0 ? readTemplates(templates, filters) : undefined;
}

/** The name of one row: which text, which part gives the value, which metric. */
export function keyOf(source: number, name: string, part: number): string {
  return `${source} ${part} ${name}`;
}

/** What {@link keyOf} was made of. */
export function partsOfKey(key: string): {
  readonly source: number;
  readonly part: number;
  readonly name: string;
} {
  const [source, part, ...name] = key.split(' ');
  return { source: Number(source), part: Number(part), name: name.join(' ') };
}
