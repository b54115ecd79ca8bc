import type { FormatReport, MetricReport, ScriptReport, StatementReport } from '@katib-push/core';
import type { ExperimentReport } from '@katib-push/katib';
import type { Problem } from 'katib-push/preview';

/** What the editor's text is read as: an Experiment's manifest, or a script in a language. */
export type TextKind = 'experiment' | 'python' | 'javascript' | 'typescript' | 'shell' | 'r';

/** What the page asks the engine. */
export interface Question {
  readonly text: string;
  readonly kind: TextKind;
  /** Wanted metrics of a script, the objective first. An Experiment names its own. */
  readonly metrics: readonly string[];
  /** Filters of a script as in `metricsFormat`; empty for Katib's own. */
  readonly filters: readonly string[];
  /** What a trial printed; empty for nothing. */
  readonly log: string;
}

/** A statement with the line of the editor's text that it stands on; absent where no line shows it. */
export interface PlacedStatement extends StatementReport {
  readonly at?: number;
  /** Whether what it prints is pushed: it is rewritten, or all that the container writes is read. */
  readonly reached: boolean;
}

export interface PlacedScript extends Omit<ScriptReport, 'statements'> {
  readonly statements: readonly PlacedStatement[];
}

/** What was found in one Experiment, or in the script. */
export interface Subject {
  /** `experiment/tune-mnist`; the script's name. */
  readonly title: string;
  /** Absent for a script. */
  readonly experiment?: Omit<ExperimentReport, 'scripts' | 'metrics' | 'formats' | 'diagnostics'>;
  /** Whether nothing asks for the rewrite: it is shown as if something did. */
  readonly unasked: boolean;
  readonly scripts: readonly PlacedScript[];
  readonly metrics: readonly MetricReport[];
  readonly problems: readonly Problem[];
  /** What would have the filters read more. The first is what the engine proposes; the others are choices. */
  readonly proposals: readonly Proposal[];
}

/** A `metricsFormat` that reads what is printed and not read. */
export interface Proposal {
  /** Why it is shown: `loss` for a choice among several that may be called so; absent for what is proposed. */
  readonly choiceFor?: string;
  /** The part of an Experiment that it sets, as YAML. */
  readonly yaml: string;
  readonly rows: FormatReport['rows'];
  /** All filters that a script is to be read with; absent where they can stay as they are. */
  readonly filters?: readonly string[];
  /** The whole text with the proposal in it; absent for scripts and for choices. */
  readonly adopted?: string;
}

/** What a line of the log is to the collector and to a push client. */
export interface LogRow {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  readonly name: string;
  /** The value that Katib's collector stores. */
  readonly pulled: string;
  /** The value that is pushed; empty for none. */
  readonly pushed: string;
  /** Whether it is NaN or an infinity, which are pushed only on demand. */
  readonly notFinite: boolean;
}

export interface LogReading {
  /** The names that were looked for, the objective first. */
  readonly wanted: readonly string[];
  readonly rows: readonly LogRow[];
  /** Lines of the log. */
  readonly lines: number;
  /** Whether the objective is in no row: Katib stores `unavailable`. */
  readonly unavailable: boolean;
  /** Why nothing can be read; absent if all is well. */
  readonly problem?: string;
}

/** The engine's answer. */
export interface Analysis {
  readonly subjects: readonly Subject[];
  /** What is wrong with the text as such. */
  readonly problems: readonly Problem[];
  /** The text after the rewrite; equal to the question's where nothing changes. */
  readonly after: string;
  /** Absent where no log was given. */
  readonly log?: LogReading;
}
