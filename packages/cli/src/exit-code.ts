/** What the command's exit codes mean. `run` otherwise ends with the exit code of the training. */
export const exitCode = {
  /** Done; in `dry-run`, nothing would change. */
  ok: 0,
  /** `dry-run`: something would change. `run --compare`: the runs differ. */
  different: 1,
  /** What was given can't be used: the command line, a file, an Experiment. */
  badInput: 2,
  /** A fault of katib-push. */
  internal: 3,
  /** `run`: the training took longer than `--timeout`. As timeout(1) has it. */
  timedOut: 124,
} as const;
