import type { Filters } from '../match/filters.ts';
import { constantText, type JudgedScript } from '../match/judge.ts';
import type { FormatAdvice, FormatProposal, UnreadMetric } from '../propose/advice.ts';
import { proposeFormats } from '../propose/propose-formats.ts';
import { templateOfLine } from '../propose/template-of-line.ts';
import type { Template } from '../templates/template.ts';
import type { FormatReport, FormatsReport, ScriptReport, StatementPlace, UnreadReport } from './report.ts';

/** A statement's place in the report. */
interface Place {
  readonly script: number;
  readonly statement: number;
}

/** What would have the filters read the metrics that they don't, with the statements that it is about. */
export interface ReportedFormats {
  /** Absent where all is read, or no statement names what isn't. */
  readonly formats?: FormatsReport;
  /** The scripts, with what was found as the reason of the statements that it is about. */
  readonly scripts: readonly ScriptReport[];
}

/**
 * Looks for filters that read what the statements print, see {@link proposeFormats}. What ends in a file or nowhere does
 * not count: no collector would read it.
 *
 * @param plans in the order of `scripts`
 */
export function reportFormats(
  plans: readonly JudgedScript[],
  scripts: readonly ScriptReport[],
  filters: Filters,
): ReportedFormats {
  const judgements = plans.flatMap(({ statements }) => statements.map(({ judgement }) => judgement));
  const found = new Set(
    judgements.flatMap(({ verdict, metrics }) =>
      verdict === 'dynamic' ? [] : metrics.map(({ name }) => name),
    ),
  );
  if (filters.metrics.every((name) => found.has(name))) return { scripts };
  const sources = plans.flatMap(({ program, statements }, script) =>
    statements.flatMap(({ statement: { template, stream, hidden } }, statement) => {
      const streams = stream ? [stream] : (['stdout', 'stderr'] as const);
      // a text that another command changes tells nothing of what is read
      const isRead = hidden?.() === undefined && streams.some((one) => program.output[one] === 'container');
      return template && isRead ? [{ template: template(), place: { script, statement } }] : [];
    }),
  );
  const advice = adviseOn(
    sources.map(({ template }) => template),
    filters,
  );
  const unread = advice.unread.filter(({ why }) => why !== 'unnamed');
  if (!advice.proposal && unread.length === 0) return { scripts };
  const places = sources.map(({ place }) => place);
  const placeOf = (source: number): StatementPlace => {
    const { script, statement } = places[source] as Place;
    const report = scripts[script];
    return { script: report?.name ?? '', line: report?.statements[statement]?.line ?? 0 };
  };
  return {
    formats: {
      ...(advice.proposal ? { proposal: placed(advice.proposal, placeOf) } : {}),
      unread: unread.map(
        ({ source, choices, ...rest }): UnreadReport => ({
          ...rest,
          choices: choices.map((choice) => placed(choice, placeOf)),
          where: placeOf(source ?? 0),
        }),
      ),
    },
    scripts: withReasons(scripts, places, advice),
  };
}

/**
 * Numbers of a text are values where it is known to its end: `print("Loss: 0.5")`. In other texts they may belong to a label
 * (`top 5`), so that they are values only where a metric would not be found without: `Accuracy: 92/100 (▯%)`.
 */
function adviseOn(templates: readonly Template[], filters: Filters): FormatAdvice {
  const names = filters.metrics;
  const isKnown = ({ parts }: Template): boolean => parts.every(({ kind }) => kind === 'literal');
  const advice = proposeFormats(
    templates.map((template) => (isKnown(template) ? withNumbers(template, names) : template)),
    filters,
  );
  if (unnamedIn(advice) === 0) return advice;
  const more = proposeFormats(
    templates.map((template) => withNumbers(template, names)),
    filters,
  );
  return unnamedIn(more) < unnamedIn(advice) ? more : advice;
}

function unnamedIn({ unread }: FormatAdvice): number {
  return unread.filter(({ why }) => why === 'unnamed').length;
}

/** A text with its numbers as values. */
function withNumbers({ parts }: Template, names: readonly string[]): Template {
  return {
    parts: parts.flatMap((part) =>
      part.kind === 'literal' ? templateOfLine(part.text, names).parts : [part],
    ),
  };
}

function placed(
  { formats, renames, rows }: FormatProposal,
  placeOf: (source: number) => StatementPlace,
): FormatReport {
  return {
    ...(formats ? { metricsFormat: formats } : {}),
    renames,
    rows: rows.map(({ source, ...row }) => ({ ...row, ...placeOf(source) })),
  };
}

function withReasons(
  scripts: readonly ScriptReport[],
  places: readonly Place[],
  { proposal, unread }: FormatAdvice,
): readonly ScriptReport[] {
  const reasons = new Map<string, string>();
  const put = (source: number, reason: string): void => {
    const { script, statement } = places[source] as Place;
    reasons.set(`${script} ${statement}`, reason);
  };
  for (const metric of unread) if (metric.source !== undefined) put(metric.source, sayUnread(metric));
  for (const { name, source, assumed } of proposal?.rows ?? [])
    if (!assumed) put(source, sayProposed(name, proposal?.renames ?? []));
  return scripts.map((script, at) => ({
    ...script,
    statements: script.statements.map((statement, index) => {
      const reason = reasons.get(`${at} ${index}`);
      if (reason === undefined || statement.verdict === 'metric' || statement.verdict === 'suppressed')
        return statement;
      const verdict = statement.reason === constantText ? 'unlikely' : statement.verdict;
      return { ...statement, verdict, reason };
    }),
  }));
}

/** Why a metric that is named is not read, one sentence without a full stop. */
export function sayUnread({
  name,
  why,
  choices,
}: Pick<UnreadMetric, 'name' | 'why'> & {
  choices: readonly FormatReport[] | UnreadMetric['choices'];
}): string {
  const titles = choices.flatMap(({ renames, rows }) => renames[0]?.printed ?? rows[0]?.value ?? []);
  return {
    unnamed: `nothing that is printed names ${name}`,
    ambiguous: `several values may be ${name}${titles.length > 0 ? `: ${titles.join(', ')}` : ''}`,
    unreadable: `it names ${name}, and no filter reads just its value`,
  }[why];
}

/** Why a row of a proposal is not read today. */
function sayProposed(
  name: string,
  renames: readonly { readonly wanted: string; readonly printed: string }[],
): string {
  const rename = renames.find(({ printed }) => printed === name);
  return rename
    ? `prints ${name}, which is not ${rename.wanted} to Katib`
    : `prints ${name}, and no filter in force reads it`;
}
