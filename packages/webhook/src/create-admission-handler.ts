import type { AdmissionHandler, AdmissionOptions } from './admission-review.ts';
import { checkOptions } from './check-options.ts';
import { decideCreate } from './decide/decide-create.ts';
import { decideUpdate } from './decide/decide-update.ts';
import { failure } from './decide/failure.ts';
import { keepRecentAnswers } from './decide/recent-answers.ts';
import { reportEvent } from './report-event.ts';
import { answer } from './review/answer.ts';
import { concernsUs } from './review/concerns-us.ts';
import type { Decision } from './review/decision.ts';
import { readReview } from './review/read-review.ts';
import type { AdmissionRequest } from './review/request.ts';
import { rewriteOptions } from './rewrite-options.ts';
import { timeLeft } from './time-left.ts';
import { findWorker } from './worker/find-worker.ts';
import { RewriteFault } from './worker/rewrite-fault.ts';
import { createPool } from './worker/rewrite-pool.ts';
import { startThread } from './worker/worker-thread.ts';

/**
 * Makes the function that answers AdmissionReviews, and starts its worker, which loads the languages; requests that come
 * earlier wait for it. Call it once per process and keep the result.
 *
 * @throws TypeError where an option has a value that can't be meant
 */
export function createAdmissionHandler(options: AdmissionOptions = {}): AdmissionHandler {
  checkOptions(options);
  const { strict = false, timeout = 2_000, workers = 1, memory = 256, worker, observe } = options;
  const settings = { options: rewriteOptions(options), namespaces: options.namespaces ?? {} };
  const source = findWorker(worker, process.execArgv);
  const recent = keepRecentAnswers();
  const pool = createPool(workers, timeout, (events) => startThread(source, settings, memory, events));

  const decide = async (request: AdmissionRequest, milliseconds: number): Promise<Decision> => {
    if (!concernsUs(request)) return { outcome: 'ignored', patch: [], warnings: [] };
    try {
      if (request.operation === 'UPDATE') return decideUpdate(request);
      const known = recent.recall(request);
      if (known) return known;
      const decision = await decideCreate(request, pool, milliseconds, strict);
      recent.note(request, decision);
      return decision;
    } catch (error) {
      const code = error instanceof RewriteFault ? error.code : 'internal-error';
      return failure(code, request.operation, strict);
    }
  };
  return Object.assign(
    async (review: unknown, { deadline }: { readonly deadline?: number } = {}) => {
      const started = performance.now();
      const request = readReview(review);
      const decision = await decide(request, timeLeft(timeout, deadline));
      const reviewed = answer(request.uid, decision);
      reportEvent(observe, request, decision, performance.now() - started);
      return reviewed;
    },
    { ready: () => pool.ready(), close: () => pool.close() },
  );
}
