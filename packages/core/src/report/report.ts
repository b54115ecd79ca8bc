import type { Diagnostic, ScriptCode } from '../diagnostics/diagnostic.ts';
import type { Range } from '../layers/range.ts';
import type { StatementMetric, Verdict } from '../match/match-template.ts';
import type { FormatProposal, ProposedRow, UnreadMetric } from '../propose/advice.ts';

export interface StatementReport {
  /** 1-based lines of the script's text before the rewrite. */
  readonly line: number;
  readonly endLine: number;
  /** UTF-16 offsets in the script's text before the rewrite. */
  readonly range: Range;
  /** The statement as written, shortened to 200 characters. */
  readonly text: string;
  readonly sink: string;
  readonly verdict: Verdict;
  /** Filled for `metric`; for `dynamic`, the names it may write, without values. */
  readonly metrics: readonly StatementMetric[];
  /** What is known only at run time: the metric's name, the whole text, or a part of it; absent for nothing. */
  readonly open?: 'name' | 'text' | 'part';
  /** Why the verdict is what it is, one sentence. */
  readonly reason: string;
  readonly rewritten: boolean;
  /** Set where it would write a metric, and what it writes never shows, such as a log below its level. */
  readonly hidden?: true;
  /** Why it can't be told whether a metric that it writes is shown, one sentence; absent where it is. */
  readonly doubtful?: string;
  /** Set where what it writes goes to a file or nowhere, and nothing shows it afterwards. */
  readonly elsewhere?: true;
}

export interface ScriptReport {
  /** How the script is called: a file's name, `python -c`, `stdin`. Unique within one report. */
  readonly name: string;
  readonly language: string;
  /** The layers from the outside in: `container training`, `arg 0`, `heredoc EOM`. */
  readonly layers: readonly string[];
  /** JSON pointer of the string that holds the script. */
  readonly pointer: string;
  /** The script's range in that string. */
  readonly range: Range;
  /** The script's text: decoded, and with placeholders and variables as they are written. */
  readonly before: string;
  /** The same after the rewrite; equal to `before` where nothing changed. */
  readonly after: string;
  /** Set where the client reads every line of the script's streams, because one of them gets away. */
  readonly everyLine?: true;
  readonly statements: readonly StatementReport[];
}

/** Where a statement is: its script and 1-based line. */
export interface StatementPlace {
  readonly script: string;
  readonly line: number;
}

export interface MetricReport {
  readonly name: string;
  readonly objective: boolean;
  /** `yes`: a rewritten statement writes it. `possibly`: only dynamic statements may. `no`: none. */
  readonly covered: 'yes' | 'possibly' | 'no';
  /** Where it is written. */
  readonly where: readonly StatementPlace[];
  /** Why it is covered or not, one sentence. */
  readonly reason: string;
}

/** A `metricsFormat` that was tried on every statement: it gives the rows of today and these. */
export interface FormatReport extends Pick<FormatProposal, 'renames'> {
  /** All expressions that `metricsFormat` is to hold; absent where it can stay as it is. */
  readonly metricsFormat?: readonly string[];
  /** The rows that it gives beyond those of today, each with its statement. */
  readonly rows: readonly (Omit<ProposedRow, 'source'> & StatementPlace)[];
}

/** A wanted metric that is named by a statement and read by no filter, nor by the proposed ones. */
export interface UnreadReport extends Pick<UnreadMetric, 'name' | 'why'> {
  /** What each of several values can be had by; empty but for `ambiguous`. */
  readonly choices: readonly FormatReport[];
  /** The statement that names it. */
  readonly where: StatementPlace;
}

/** What would have the filters read metrics that are printed and not read. */
export interface FormatsReport {
  /** Absent where nothing can be proposed. */
  readonly proposal?: FormatReport;
  readonly unread: readonly UnreadReport[];
}

/** What the rewrite of a set of scripts did. */
export interface ScriptsReport<Code extends string = ScriptCode> {
  readonly scripts: readonly ScriptReport[];
  readonly metrics: readonly MetricReport[];
  /** Absent where every metric that is printed is read. */
  readonly formats?: FormatsReport;
  readonly diagnostics: readonly Diagnostic<Code>[];
}
