import { checkOptions, rewriteOptions } from './admission-options.ts';
import type { AdmissionCall, AdmissionHandler, AdmissionOptions } from './admission-review.ts';
import { decideCreate } from './decide/decide-create.ts';
import { decideUpdate } from './decide/decide-update.ts';
import { failure } from './decide/failure.ts';
import { keepRecentAnswers } from './decide/recent-answers.ts';
import { RewriteFault } from './faults.ts';
import { answer, type Decision } from './review/decision.ts';
import { type AdmissionRequest, concernsUs, readReview } from './review/request.ts';
import { timeLeft } from './time.ts';
import { warmUpReviews } from './warm-up-reviews.ts';
import { createPool } from './worker/rewrite-pool.ts';
import { findWorker, startThread } from './worker/worker-thread.ts';

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
  const handle = async (review: unknown, deadline: number | undefined, watch: typeof observe) => {
    const started = performance.now();
    const request = readReview(review);
    const decision = await decide(request, timeLeft(timeout, deadline));
    const reviewed = answer(request.uid, decision);
    reportEvent(watch, request, decision, performance.now() - started);
    return reviewed;
  };
  let warm: Promise<void> | undefined;
  return Object.assign((review: unknown, call?: AdmissionCall) => handle(review, call?.deadline, observe), {
    async ready() {
      await pool.ready();
      warm ??= warmUpReviews((review, watch) => handle(review, undefined, watch));
      await warm;
    },
    close: () => pool.close(),
  });
}

/** Tells the observer what became of a request. Its faults are its own. */
function reportEvent(
  observe: AdmissionOptions['observe'],
  { uid, operation, kind, namespace, name, dryRun }: AdmissionRequest,
  { outcome, reason, denial }: Decision,
  milliseconds: number,
): void {
  try {
    observe?.({
      outcome,
      ...(reason === undefined ? {} : { reason }),
      operation,
      kind: kind.kind,
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      uid,
      dryRun,
      allowed: denial === undefined,
      milliseconds,
    });
  } catch {
    // Swallowed: an answer must not depend on who watches.
  }
}
