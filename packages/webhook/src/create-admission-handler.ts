import { rewriteExperiment } from '@katib-push/katib';
import type { AdmissionHandler, AdmissionOptions } from './admission-review.ts';
import { answer } from './review/answer.ts';
import { concernsUs } from './review/concerns-us.ts';
import { readReview } from './review/read-review.ts';

/** Makes the function that answers AdmissionReviews. */
export function createAdmissionHandler(options: AdmissionOptions = {}): AdmissionHandler {
  const handle = async (review: unknown) => {
    const started = performance.now();
    const request = readReview(review);
    let patch: Awaited<ReturnType<typeof rewriteExperiment>>['patch'] = [];
    let outcome: 'rewritten' | 'unchanged' | 'ignored' | 'failed' = 'ignored';
    let reason: string | undefined;
    if (concernsUs(request) && request.operation === 'CREATE') {
      const result = await rewriteExperiment(request.object, options);
      patch = result.patch;
      outcome = result.report.outcome;
      reason = result.report.diagnostics[0]?.code;
    }
    const { uid, operation, name, namespace, dryRun } = request;
    try {
      options.observe?.({
        outcome,
        ...(reason === undefined || outcome === 'rewritten' ? {} : { reason }),
        operation,
        uid,
        dryRun,
        allowed: true,
        milliseconds: performance.now() - started,
        ...(name === undefined ? {} : { name }),
        ...(namespace === undefined ? {} : { namespace }),
      });
    } catch {
      // The observer's faults are its own.
    }
    return answer(uid, { allowed: true, patch, warnings: [] });
  };
  return Object.assign(handle, {
    close: async () => undefined,
  });
}
