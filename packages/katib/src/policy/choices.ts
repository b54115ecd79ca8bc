/** What the keys of all our annotations and labels begin with. */
export const annotationPrefix = 'katib-push.io/';

/** What an annotation or label says. */
export interface Word {
  /** The values it may have, the default first; `…` for any text. */
  readonly values: readonly string[];
  /** What holds where nothing is said, if it is none of the values. */
  readonly absent?: string;
  /** One or two sentences of Markdown. */
  readonly meaning: string;
}

/**
 * What the user may choose, each by an annotation of that name: the one source of the settings, of options, flags and the
 * server's settings of the same meaning, and of the table in the reference. Read without loading the engine.
 */
export const choices = {
  rewrite: {
    values: ['enabled', 'disabled', 'forced'],
    absent: 'default',
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
} as const satisfies Readonly<Record<string, Word>>;

/** What may be chosen by its name. */
export type ChoiceName = keyof typeof choices;

/** What may be chosen: `likely` or `output`. */
export type Choice<Name extends ChoiceName> = (typeof choices)[Name]['values'][number];

/** A value of `coverage` that is no more; what it read is read by `output`. */
export const oldCoverage = 'exhaustive';

/** How metrics are pushed: the script's statements are rewritten, or the container's command runs under the shim. */
export const ways = ['source', 'container'] as const;
export type Way = (typeof ways)[number];

/** The kinds of jobs whose Trials an admission policy can take. */
export const policyKinds = [
  'Job',
  'PyTorchJob',
  'TFJob',
  'MPIJob',
  'XGBoostJob',
  'PaddleJob',
  'JAXJob',
] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** Annotations of an Experiment, without the prefix: the user's words, and what is noted down behind them. */
export const annotations = {
  ...choices,
  record: {
    values: ['…'],
    meaning: 'Written by the rewrite: what was changed, place by place. `undo` and updates read it.',
  },
  version: { values: ['…'], meaning: 'Written by the rewrite: the version that made it.' },
  outcome: { values: ['…'], meaning: 'Written by the webhook: what became of the Experiment, and why.' },
  labels: {
    values: ['…'],
    meaning:
      'Written by the rewrite: which of the labels it set, with their values. `undo` leaves those that somebody set by hand.',
  },
} as const satisfies Readonly<Record<string, Word>>;

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
  deliver: { values: choices.deliver.values, meaning: 'As the annotation; it reaches the trials.' },
} as const satisfies Readonly<Record<string, Word>>;

/** The annotation that holds the record. */
export const recordAnnotation = `${annotationPrefix}record`;
/** The annotation that keeps what was decided, and why. */
export const outcomeAnnotation = `${annotationPrefix}outcome`;
/** The annotation that says which labels are ours: `capture=container,algorithm=random`. */
export const labelsAnnotation = `${annotationPrefix}labels`;
/** The annotation that says which version wrote it. */
export const versionAnnotation = `${annotationPrefix}version`;

/** The label that carries the decision to the Trials. */
export const captureLabel = `${annotationPrefix}capture`;
/** The label by which the Experiment hands its algorithm's name to its Trials, which do not know it otherwise. */
export const algorithmLabel = `${annotationPrefix}algorithm`;
/** The label that keeps an Experiment, and its Trials, from being changed. */
export const rewriteLabel = `${annotationPrefix}rewrite`;

/** The label that carries the user's word on when rows are handed on. */
export const deliverLabel = `${annotationPrefix}deliver`;
