/** What can go wrong on our side, with what people should do. The codes are those of `AdmissionEvent.reason`. */
export const faults = {
  timeout: [
    'the rewrite took too long and was stopped',
    'Create it again, or make the scripts and filters simpler.',
  ],
  busy: ['the webhook had too much to do', 'Create it again later.'],
  'out-of-memory': ['the rewrite needed too much memory', 'Make the scripts shorter.'],
  'worker-crashed': ['the rewrite crashed', 'Please report this with the Experiment.'],
  'worker-missing': [
    "the webhook's worker could not be started",
    'Ask who runs the webhook to look at its installation.',
  ],
  closed: ['the webhook is shutting down', 'Create it again.'],
  'not-transferable': [
    'the Experiment could not be handed to the rewrite',
    'Flatten what is nested deepest.',
  ],
  'no-object': ['the request holds no Experiment', 'Look at what sends the request.'],
  'internal-error': ['the webhook failed', 'Please report this with the Experiment.'],
} as const satisfies Record<string, readonly [what: string, remedy: string]>;

export type FaultCode = keyof typeof faults;

/** Why a rewrite has no result at all. */
export class RewriteFault extends Error {
  override readonly name = 'RewriteFault';
  readonly code: FaultCode;

  /** @param cause what a worker threw; not for those who asked for the admission */
  constructor(code: FaultCode, cause?: Error) {
    super(`${faults[code][0]} (${code})${cause ? `: ${cause.message}` : ''}`, { cause });
    this.code = code;
  }
}
