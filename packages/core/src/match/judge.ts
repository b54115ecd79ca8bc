import type { OutputStatement } from '../language/language.ts';
import type { Script } from '../language/parse-programs.ts';
import type { Filters } from './filters.ts';
import { matchTemplate, type StatementMetric, type TemplateMatch, type Verdict } from './match-template.ts';

/** What is read. `likely`: what statements write that write or may write a metric. `output`: every line of the process. */
export type Coverage = 'likely' | 'output';

/** A statement's verdict, with what the policy needs to know. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly metrics: readonly StatementMetric[];
  readonly reason: string;
  /** Whether the rewrite should touch it, the language permitting. */
  readonly wanted: boolean;
  /** What is known only at run time: the name, the whole text, or a part of it; absent for nothing. */
  readonly open?: 'name' | 'text' | 'part';
  /** Names that would be lost if it stayed as it is; `*` stands for any. Empty for suppressed statements. */
  readonly mayWrite: readonly string[];
}

/** Why nothing is read of a text that is known to its end. */
export const constantText = 'constant text without a metric';

const unknownText: TemplateMatch = { metrics: [], open: 'text', names: [], unmatched: [], constant: false };

/** Of a statement that is left alone, and hides no loss. */
const quiet = { wanted: false, mayWrite: [] } as const;

/** Judges one output statement against the filters. The first verdict that fits counts. */
export function judge(statement: OutputStatement, filters: Filters): Judgement {
  const match = statement.template ? matchTemplate(statement.template(), filters) : unknownText;
  const names = [...match.metrics.map((metric) => metric.name), ...match.names];
  const mayWrite = match.open === 'text' ? [...names, '*'] : names;
  const { metrics } = match;
  const { suppressed, never } = statement;
  if (suppressed) {
    const why = suppressed.reason ? `: ${suppressed.reason}` : '';
    return { verdict: 'suppressed', metrics, reason: `a comment asks to ignore it${why}`, ...quiet };
  }
  const judgement = judgeByText(statement, match, mayWrite);
  // where nothing is wanted of it, it doesn't matter whether it shows
  if (!judgement.wanted) return judgement;
  const hidden = statement.hidden?.();
  if (hidden) return { verdict: 'never', metrics, reason: hidden, ...quiet };
  return never ? { verdict: 'never', metrics, reason: never, wanted: false, mayWrite } : judgement;
}

function judgeByText(
  statement: OutputStatement,
  match: TemplateMatch,
  mayWrite: readonly string[],
): Judgement {
  const { metrics, names, open, unmatched, constant } = match;
  // `score => 0.5`: the name is found, and what is captured as its value is always empty
  if (metrics.length > 0 && metrics.every(({ value }) => value === '')) {
    const empty = metrics.map(({ name }) => name);
    const unread = { ...match, metrics: [], unmatched: [...unmatched, ...empty] };
    return { ...judgeByText(statement, unread, mayWrite), wanted: true, mayWrite };
  }
  if (metrics.length > 0)
    return { verdict: 'metric', metrics, reason: describeMetrics(match), wanted: true, mayWrite };
  if (open) {
    const reason = describeOpen(statement, match);
    const possible = names.map((name) => ({ name }));
    return { verdict: 'dynamic', metrics: possible, reason, wanted: true, mayWrite, open };
  }
  if (unmatched.length > 0)
    return { verdict: 'unlikely', metrics: [], reason: describeUnmatched(match), ...quiet };
  return constant
    ? { verdict: 'never', metrics: [], reason: constantText, ...quiet }
    : { verdict: 'unlikely', metrics: [], reason: 'no wanted name in it', ...quiet };
}

function describeMetrics(match: TemplateMatch): string {
  return `writes ${match.metrics.map((metric) => metric.name).join(', ')}`;
}

function describeOpen(statement: OutputStatement, match: TemplateMatch): string {
  if (match.open === 'name') return `the name is known only at run time: may be ${match.names.join(', ')}`;
  if (statement.use === 'value')
    return `${statement.sink} is passed on: what it writes is known only at run time`;
  if (match.unmatched.length > 0) return `the text is known only at run time; ${describeUnmatched(match)}`;
  return 'the text is known only at run time';
}

function describeUnmatched(match: TemplateMatch): string {
  return `names ${match.unmatched.join(', ')}, and no filter in force reads a value there`;
}

/** An output statement with its verdict. */
export interface JudgedStatement {
  readonly statement: OutputStatement;
  readonly judgement: Judgement;
}

/** A script with its output statements, in source order. */
export interface JudgedScript extends Script {
  readonly statements: readonly JudgedStatement[];
}

/** Finds the output statements of a script, and judges each against the filters. */
export function judgeScript(script: Script, filters: Filters): JudgedScript {
  const found = script.document.statements();
  return {
    ...script,
    statements: found.map((statement) => ({ statement, judgement: judge(statement, filters) })),
  };
}
