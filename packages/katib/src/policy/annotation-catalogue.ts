/** What an annotation or label says. */
export interface Word {
  /** The values it may have, the default first; `(absent)` where that means something, `…` for any text. */
  readonly values: readonly string[];
  /** One or two sentences of Markdown. */
  readonly meaning: string;
}

/** Annotations of an Experiment, without the prefix: the user's words, and what is noted down behind them. */
export const annotations = {
  rewrite: {
    values: ['(absent)', 'enabled', 'disabled', 'forced'],
    meaning:
      'Whether metrics are pushed. Absent: where the collector is `Push`, or where the server or namespace asks for it. `forced` also where something is lost by it, with a warning: early stopping that needs the sidecar, what a script reports itself, output that can’t be rewritten.',
  },
  capture: {
    values: ['auto', 'container', 'source', 'off'],
    meaning:
      'Which way: `source` rewrites the statements of the script, `container` runs the command under the shim (the user’s word that the image has an interpreter for it), `auto` chooses.',
  },
  coverage: {
    values: ['likely', 'output'],
    meaning:
      'What is read: what statements write that write or may write a metric; or every line that the process writes. `exhaustive`, of an earlier version, is taken as `output`.',
  },
  output: { values: ['keep', 'drop'], meaning: 'Whether what is pushed is still printed.' },
  delivery: {
    values: ['auto', 'env', 'inline', 'image'],
    meaning:
      'How the client reaches the trial: in an environment variable, in the script itself, or as a module of the image.',
  },
  deliver: {
    values: ['live', 'success', 'if-none'],
    meaning:
      'When rows are handed on, container way only: as they are read; after exit code 0; or then, and only if nobody else reported.',
  },
  formats: {
    values: ['given', 'infer'],
    meaning:
      'With `infer` and the collector `Push`: where a wanted metric is printed and no filter reads it, the `metricsFormat` that does is written into the Experiment, and the name as it is printed.',
  },
  record: {
    values: ['…'],
    meaning: 'Written by the rewrite: what was changed, place by place. `undo` and updates read it.',
  },
  version: { values: ['…'], meaning: 'Written by the rewrite: the version that made it.' },
  outcome: { values: ['…'], meaning: 'Written by the webhook: what became of the Experiment, and why.' },
} as const satisfies Readonly<Record<string, Word>>;

/** Labels of an Experiment that say something, without the prefix. */
export const labels = {
  rewrite: {
    values: ['disabled'],
    meaning: 'As the annotation. On a *namespace*, `enabled` takes its Experiments in.',
  },
  capture: { values: ['container'], meaning: 'Its trials run under the shim.' },
  algorithm: {
    values: ['…'],
    meaning: 'The name of the algorithm: trials find the early-stopping service by it.',
  },
  deliver: { values: ['live', 'success', 'if-none'], meaning: 'As the annotation; it reaches the trials.' },
} as const satisfies Readonly<Record<string, Word>>;
