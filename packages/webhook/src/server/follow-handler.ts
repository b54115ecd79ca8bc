import type { Logger } from 'pino';
import type { AdmissionHandler } from '../admission-review.ts';
import { RewriteFault } from '../faults.ts';
import { describeError } from './errors.ts';

/**
 * Gives a function that tells why the handler can't rewrite, as a sentence; undefined if it can. It answers at once with
 * what is known, and asks the handler for the next time.
 */
export function followHandler(
  handler: AdmissionHandler,
  log: Logger,
  stopping: () => boolean,
): () => string | undefined {
  let state: 'loading' | 'ready' | 'broken' = 'loading';
  let asking = false;

  async function ask(): Promise<void> {
    if (asking || stopping()) return;
    asking = true;
    try {
      await handler.ready();
      state = 'ready';
    } catch (error) {
      if (stopping()) return;
      // A worker that never came up has seen no Experiment: what it says may be told.
      const why = error instanceof RewriteFault ? { why: error.message } : {};
      if (state !== 'broken')
        log.error({ ...describeError(error), ...why }, "the rewrite's worker can not be started");
      state = 'broken';
    } finally {
      asking = false;
    }
  }

  void ask();
  return () => {
    void ask();
    if (state === 'ready') return undefined;
    return state === 'loading' ? 'the rewrite is loading' : "the rewrite's worker can not be started";
  };
}
