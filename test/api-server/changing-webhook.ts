import jsonPatch from 'fast-json-patch';
import type { KubernetesObject } from './review.ts';
import type { MutatingWebhook } from './webhook.ts';

/**
 * A webhook that answers with the patch from the object it is given to what `change` makes of it.
 *
 * @param change leaves the given object as it is
 */
export function changingWebhook(
  name: string,
  change: (object: KubernetesObject) => KubernetesObject,
): MutatingWebhook {
  return {
    name,
    call: async ({ request }) => {
      const object = request.object as KubernetesObject;
      const patch = jsonPatch.compare(object, change(object));
      const changed = {
        patch: Buffer.from(JSON.stringify(patch)).toString('base64'),
        patchType: 'JSONPatch',
      };
      return {
        apiVersion: 'admission.k8s.io/v1',
        kind: 'AdmissionReview',
        response: { uid: request.uid, allowed: true, ...(patch.length > 0 ? changed : {}) },
      };
    },
  };
}
