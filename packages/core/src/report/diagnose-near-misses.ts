import { type Diagnostic, diagnose, type ScriptCode } from '../diagnostics/diagnostic.ts';
import type { NearMiss } from '../language/language.ts';
import type { Filters } from '../match/filters.ts';
import { readLine } from '../match/read-line.ts';
import { adviseOnLines } from '../propose/advise-on-lines.ts';
import type { MetricReport } from './report.ts';
import { type PlannedScript, placeIn } from './report-scripts.ts';

/** Near misses that are told of one script, each callee once. */
const MOST = 5;

const codes: Readonly<Record<NearMiss['kind'], ScriptCode>> = {
  tracker: 'goes-to-tracker',
  native: 'library-prints',
  library: 'library-prints',
  wrapper: 'wrapper-not-seen',
};

/**
 * What people may have taken for output that Katib reads, where a wanted metric has no sure source: calls with its name in
 * a text, and libraries that print by themselves.
 */
export function diagnoseNearMisses(
  planned: readonly PlannedScript[],
  metrics: readonly MetricReport[],
  filters: Filters,
): readonly Diagnostic[] {
  const open = metrics.filter(({ covered }) => covered !== 'yes').map(({ name }) => name);
  if (open.length === 0) return [];
  return planned.flatMap((script) => {
    const { name, document } = script.plan;
    return missesOf(script, planned)
      .filter((miss, index, all) => all.findIndex(({ sink }) => sink === miss.sink) === index)
      .flatMap((miss) => {
        const names = namedIn(document.text.slice(miss.from, miss.to), open);
        if (miss.kind !== 'library' && names.length === 0) return [];
        const [message, details] = say(miss, miss.kind === 'library' ? open : names, filters);
        return [diagnose(codes[miss.kind], message, { ...placeIn(name, script.lines, miss), ...details })];
      })
      .slice(0, MOST);
  });
}

/** The near misses of a script, but for functions of files that are here, too. */
export function missesOf(
  { plan: { document } }: PlannedScript,
  planned: readonly PlannedScript[],
): readonly NearMiss[] {
  const here = new Set(
    planned.flatMap(({ plan: { program } }) => (program.role === 'module' ? [program.name] : [])),
  );
  return (document.nearMisses?.() ?? []).filter(({ files }) => !files?.some((file) => here.has(file)));
}

function say(
  { sink, kind, form }: NearMiss,
  names: readonly string[],
  filters: Filters,
): readonly [message: string, details?: Partial<Diagnostic>] {
  const what = names.join(', ');
  if (kind === 'tracker') return [`${sink} hands ${what} to another system and prints nothing.`];
  if (kind === 'native') return [`${sink} prints ${what} below the script's own streams.`];
  if (kind === 'wrapper')
    return [`${sink} is given ${what} and comes from a file that is not here: what it prints can't be seen.`];
  const prints = `${sink} prints its metrics itself`;
  const [name = ''] = names;
  if (form === undefined)
    return [
      `${prints}, in no form that a filter reads.`,
      { severity: 'warning', hint: 'Print the metric as well.' },
    ];
  const line = form.replace('{}', name);
  const shown = line.trim().replaceAll('\t', ' ');
  if (readLine(line, filters).some((row) => row.name === name)) return [`${prints}, in lines like ${shown}.`];
  const format = adviseOnLines([line], { ...filters, metrics: [name] }).proposal?.formats?.at(-1);
  const would = format ? `; the metricsFormat ${format} would` : '';
  return [
    `${prints}, in lines like ${shown}, which no filter in force reads${would}.`,
    { severity: 'warning' },
  ];
}

/** The names that stand in a quoted text of a call: `"loss"`, `"val/loss=%f"`, or name an argument (`loss=loss`). */
export function namedIn(call: string, names: readonly string[]): readonly string[] {
  const texts = call.match(/(["'`])(?:\\.|(?!\1).)*\1|\b\w+(?=\s*=[^=])/gs) ?? [];
  return names.filter((name) => texts.some((text) => text.includes(name)));
}
