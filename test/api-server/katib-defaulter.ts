import jsonPatch from 'fast-json-patch';
import type { KubernetesObject } from './review.ts';
import type { MutatingWebhook } from './webhook.ts';

type Json = Record<string, unknown>;

/**
 * A stand-in of Katib's defaulter. It fills in what is absent: the collector, counts, the resume policy, what tells
 * success from failure, and the labels of the primary pod. Source: `experiment_defaults.go`.
 *
 * @param name decides whether it runs before or after other webhooks
 */
export function katibDefaulter(name: string): MutatingWebhook {
  return {
    name,
    failurePolicy: 'Fail',
    call: async ({ request }) => {
      const patch = jsonPatch.compare(
        request.object as object,
        setDefaults(request.object as KubernetesObject),
      );
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

function setDefaults(object: KubernetesObject): Json {
  const experiment = structuredClone(object) as Json;
  const spec = child(experiment, 'spec');
  spec.parallelTrialCount ??= 3;
  spec.resumePolicy ||= 'Never';
  const objective = child(spec, 'objective');
  const names = [objective.objectiveMetricName, ...((objective.additionalMetricNames ?? []) as string[])];
  const value = objective.type === 'minimize' ? 'min' : 'max';
  objective.metricStrategies ??= names.map((metric) => ({ name: metric, value }));
  const collector = child(child(spec, 'metricsCollectorSpec'), 'collector');
  collector.kind ||= 'StdOut';
  const template = child(spec, 'trialTemplate');
  const kind = (template.trialSpec as Json | undefined)?.kind;
  const [success, failure] = kind === 'Job' ? ['Complete', 'Failed'] : ['Succeeded', 'Failed'];
  template.successCondition ??= `status.conditions.#(type=="${success}")#|#(status=="True")#`;
  template.failureCondition ??= `status.conditions.#(type=="${failure}")#|#(status=="True")#`;
  if (kind === 'PyTorchJob') template.primaryPodLabels ??= { 'training.kubeflow.org/job-role': 'master' };
  return experiment;
}

/** The object at a key, made where there is none. */
function child(parent: Json, key: string): Json {
  if (parent[key] === undefined || parent[key] === null) parent[key] = {};
  return parent[key] as Json;
}
