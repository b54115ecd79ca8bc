import { applyPatch } from '@katib-push/katib';
import { type AdmissionHandler, decodePatch } from '@katib-push/webhook';

/** What a mutating action of Pepr gets, as far as it is used here. Pepr makes the patch from what `Raw` has become. */
interface MutateRequest {
  /** The object that is admitted, to be changed in place. */
  Raw: object;
  /** The admission request as it came in. */
  readonly Request: object;
}

/**
 * An action for servers that hand over the object and make the patch themselves:
 *
 *     const handler = createAdmissionHandler();
 *     When(Experiment).IsCreatedOrUpdated().Mutate(pushMetrics(handler));
 */
export function pushMetrics(handler: AdmissionHandler): (request: MutateRequest) => Promise<void> {
  return async (request) => {
    const answer = await handler({ request: request.Request });
    for (const warning of answer.response.warnings ?? []) console.warn(warning);
    request.Raw = applyPatch(request.Raw, decodePatch(answer)) as object;
  };
}
