/**
 * Pushes values by name: to the DB manager of the trial that this process is, else to Kubeflow Trainer's status endpoint
 * where its variables are set. It returns at once; the values are sent while the program goes on, and are delivered before
 * it ends, or spilled, like those that are printed.
 *
 * @param metrics name -> a number, or the text of one. NaN and infinities follow `KATIB_PUSH_NON_FINITE`.
 * @returns whether there is anywhere to push them; false outside a trial
 * @throws TypeError where a value is no number, or a name is empty
 */
export function reportMetrics(metrics: Readonly<Record<string, number | bigint | string>>): boolean;

/** What a rewritten script gives to the client. */
export interface Into {
  /** Called at once with what `_katib_push` is to be; not called where nothing is to be pushed. */
  bind(wrap: (callee: unknown, keep?: unknown) => unknown): void;
  /** Gives Node's own modules. Needed only in ES modules before Node 20.16. */
  readonly require?: (name: string) => unknown;
  /** Where the environment does not say: the configuration (this one wins), the trial, the address, the streams read. */
  readonly overrides?: {
    readonly config?: object;
    readonly trial?: string;
    readonly address?: string;
    readonly streams?: readonly ('stdout' | 'stderr')[];
  };
  /** Asks for every line of the streams that are read, also those that no marked call writes. For the whole process. */
  readonly everyLine?: boolean;
  /** Says that the script makes worker threads: the main thread then reads what they print. */
  readonly threads?: boolean;
}

/** Starts the client once per process, and binds `_katib_push`; the prelude of a rewritten script calls it. */
export function bind(into: Into): void;
