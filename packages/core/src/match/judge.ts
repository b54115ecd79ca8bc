import type { OutputStatement } from '../language/language.ts';
import type { Filters } from './filters.ts';
import { matchTemplate, type TemplateMatch } from './match-template.ts';
import type { StatementMetric, Verdict } from './verdict.ts';

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

/** Judges one output statement against the filters. The first verdict that fits counts. */
export function judge(statement: OutputStatement, filters: Filters): Judgement {
  const match = statement.template ? matchTemplate(statement.template, filters) : unknownText;
  const names = [...match.metrics.map((metric) => metric.name), ...match.names];
  const mayWrite = match.open === 'text' ? [...names, '*'] : names;
  const open = match.open ? { open: match.open } : {};

  if (statement.suppressed) {
    const why = statement.suppressed.reason ? `: ${statement.suppressed.reason}` : '';
    return {
      verdict: 'suppressed',
      metrics: match.metrics,
      reason: `a comment asks to ignore it${why}`,
      wanted: false,
      mayWrite: [],
    };
  }
  if (statement.hidden)
    return {
      verdict: 'never',
      metrics: match.metrics,
      reason: statement.hidden,
      wanted: false,
      mayWrite: [],
    };
  if (statement.never)
    return { verdict: 'never', metrics: match.metrics, reason: statement.never, wanted: false, mayWrite };
  if (match.metrics.length > 0)
    return {
      verdict: 'metric',
      metrics: match.metrics,
      reason: describeMetrics(match),
      wanted: true,
      mayWrite,
    };
  if (match.open) {
    const metrics = match.names.map((name) => ({ name }));
    return {
      verdict: 'dynamic',
      metrics,
      reason: describeOpen(statement, match),
      wanted: true,
      mayWrite,
      ...open,
    };
  }
  if (match.constant && match.unmatched.length === 0)
    return {
      verdict: 'never',
      metrics: [],
      reason: constantText,
      wanted: false,
      mayWrite: [],
    };
  const reason = match.unmatched.length > 0 ? describeUnmatched(match) : 'no wanted name in it';
  return { verdict: 'unlikely', metrics: [], reason, wanted: false, mayWrite: [] };
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
