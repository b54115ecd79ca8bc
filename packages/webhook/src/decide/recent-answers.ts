import { createHash } from 'node:crypto';
import { annotationPrefix, applyPatch, isRecord, valueAt } from '@katib-push/katib';
import type { Decision } from '../review/decision.ts';
import type { AdmissionRequest } from '../review/request.ts';

/**
 * What was answered a moment ago. The API server reviews one creation twice where another webhook has changed the object
 * behind ours (`reinvocationPolicy: IfNeeded`): the second answer costs next to nothing, and warns of nothing again.
 */
export interface RecentAnswers {
  /** The answer to a creation whose object was decided on already; `undefined` where it has to be looked at. */
  recall(request: AdmissionRequest): Decision | undefined;
  /** Keeps what was decided. */
  note(request: AdmissionRequest, decision: Decision): void;
}

/** Milliseconds within which a second review belongs to the first: above the deadlines of both. */
const LIFETIME = 10_000;
const MOST = 200;

/** @param now milliseconds of a clock that only goes forward */
export function keepRecentAnswers(now: () => number = () => performance.now()): RecentAnswers {
  const known = new Map<string, { readonly until: number; readonly decision: Decision }>();
  return {
    recall(request) {
      if (request.kind.kind !== 'Experiment') return undefined;
      const found = known.get(keyOf(request, request.object));
      return found && found.until > now() ? found.decision : undefined;
    },
    note(request, { outcome, reason, patch, denial }) {
      // what went wrong may go right the next time
      if (
        request.kind.kind !== 'Experiment' ||
        denial ||
        (outcome !== 'rewritten' && outcome !== 'unchanged') ||
        !isRecord(request.object)
      )
        return;
      const result = patch.length > 0 ? applyPatch(request.object, patch) : request.object;
      const again = outcome === 'rewritten' ? 'already-rewritten' : reason;
      const decision: Decision = {
        outcome: 'unchanged',
        ...(again === undefined ? {} : { reason: again }),
        patch: [],
        warnings: [],
      };
      const key = keyOf(request, result);
      known.delete(key);
      known.set(key, { until: now() + LIFETIME, decision });
      for (const oldest of known.keys()) {
        if (known.size <= MOST) break;
        known.delete(oldest);
      }
    },
  };
}

/**
 * All that an answer follows from, and whose creation it is. Katib's defaulter adds a collector where there is none, strategies
 * to the objective, and conditions to the template: those play no part.
 */
function keyOf({ namespace, name, dryRun }: AdmissionRequest, object: unknown): string {
  const at = (...path: readonly string[]): unknown => valueAt(object, path) ?? null;
  const ours = (entries: unknown) =>
    isRecord(entries)
      ? Object.entries(entries)
          .filter(([key]) => key.includes(annotationPrefix.slice(0, 10)))
          .sort()
      : [];
  const {
    successCondition: _,
    failureCondition: __,
    retain: ___,
    ...template
  } = objectOr(at('spec', 'trialTemplate'));
  const parts = [
    namespace ?? at('metadata', 'namespace'),
    name ?? at('metadata', 'name'),
    dryRun,
    at('apiVersion'),
    ours(at('metadata', 'annotations')),
    ours(at('metadata', 'labels')),
    at('spec', 'objective', 'type'),
    at('spec', 'objective', 'objectiveMetricName'),
    at('spec', 'objective', 'additionalMetricNames'),
    at('spec', 'algorithm'),
    at('spec', 'earlyStopping'),
    at('spec', 'metricsCollectorSpec', 'collector', 'kind') ?? 'StdOut',
    at('spec', 'metricsCollectorSpec', 'source'),
    template,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

function objectOr(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
