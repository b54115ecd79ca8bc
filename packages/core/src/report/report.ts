import type { Diagnostic, ScriptCode } from '../diagnostics/diagnostic.ts';
import type { Range } from '../layers/range.ts';
import type { StatementMetric, Verdict } from '../match/match-template.ts';
import type { UnreadMetric } from '../propose/advice.ts';

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

export interface MetricReport {
  readonly name: string;
  readonly objective: boolean;
  /** `yes`: a rewritten statement writes it. `possibly`: only dynamic statements may. `no`: none. */
  readonly covered: 'yes' | 'possibly' | 'no';
  /** Where it is written: script and 1-based line. */
  readonly where: readonly { readonly script: string; readonly line: number }[];
  /** Why it is covered or not, one sentence. */
  readonly reason: string;
}

/** A `metricsFormat` that was tried on every statement: it gives the rows of today and these. */
export interface FormatReport {
  /** All expressions that `metricsFormat` is to hold; absent where it can stay as it is. */
  readonly metricsFormat?: readonly string[];
  /** Metrics that the Experiment has to call as they are printed; mostly none. */
  readonly renames: readonly { readonly wanted: string; readonly printed: string }[];
  /** The rows that it gives beyond those of today: the name, the value's expression, and the statement. */
  readonly rows: readonly {
    readonly name: string;
    readonly value: string;
    readonly script: string;
    readonly line: number;
    /** Set where the name is known only at run time, and may be this one. */
    readonly assumed?: true;
  }[];
}

/** A wanted metric that is named by a statement and read by no filter, nor by the proposed ones. */
export interface UnreadReport {
  readonly name: string;
  readonly why: UnreadMetric['why'];
  /** What each of several values can be had by; empty but for `ambiguous`. */
  readonly choices: readonly FormatReport[];
  /** The statement that names it. */
  readonly where: { readonly script: string; readonly line: number };
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
