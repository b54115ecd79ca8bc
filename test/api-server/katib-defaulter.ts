import { changingWebhook } from './changing-webhook.ts';
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
  return { ...changingWebhook(name, setDefaults), failurePolicy: 'Fail' };
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
