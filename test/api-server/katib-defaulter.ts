import { changingWebhook } from './changing-webhook.ts';
import type { KubernetesObject } from './review.ts';
import type { MutatingWebhook } from './webhook.ts';

type Json = Record<string, unknown>;

/**
 * A stand-in of Katib's defaulter. It fills in what is absent: the collector, counts, the resume policy, what tells
 * success from failure, the labels of the primary pod, strategies, distributions; and what it doesn't keep is gone, since
 * it reads the Experiment into its own types and writes it anew. Sources: `mutate_webhook.go`, `experiment_defaults.go`.
 *
 * @param name decides whether it runs before or after other webhooks
 */
export function katibDefaulter(name: string): MutatingWebhook {
  return { ...changingWebhook(name, setKatibDefaults), failurePolicy: 'Fail' };
}

/** What it makes of an Experiment; a copy. */
export function setKatibDefaults(object: KubernetesObject): Json {
  const { spec: given = {}, ...rest } = structuredClone(object) as { spec?: Json };
  const spec = withoutEmpty(given);
  spec.parallelTrialCount ??= 3;
  spec.resumePolicy ??= 'Never';
  if (spec.objective !== undefined) setStrategies(spec.objective as Json);
  if (spec.trialTemplate !== undefined) setConditions(spec.trialTemplate as Json);
  setCollector(child(spec, 'metricsCollectorSpec'));
  for (const parameter of (spec.parameters ?? []) as Json[])
    child(parameter, 'feasibleSpace').distribution ??= 'uniform';
  return { ...rest, spec };
}

function setStrategies(objective: Json): void {
  const { type, objectiveMetricName, additionalMetricNames = [] } = objective;
  const value = type === 'minimize' ? 'min' : type === 'maximize' ? 'max' : 'latest';
  const strategies = (objective.metricStrategies ?? []) as Json[];
  const given = new Set(strategies.map(({ name }) => name));
  const wanted = [objectiveMetricName, ...(additionalMetricNames as unknown[])];
  const added = wanted.filter((name) => !given.has(name)).map((name) => ({ name, value }));
  objective.metricStrategies = [...strategies, ...added];
}

/** What ends a job well, by its kind; of others Katib knows nothing. */
const SUCCESS: Readonly<Record<string, string>> = {
  Job: 'Complete',
  TrainJob: 'Complete',
  TFJob: 'Succeeded',
  PyTorchJob: 'Succeeded',
  XGBoostJob: 'Succeeded',
  MPIJob: 'Succeeded',
};
const MASTER = { 'training.kubeflow.org/job-role': 'master' };
const FIRST_NODE = {
  'jobset.sigs.k8s.io/replicatedjob-name': 'node',
  'batch.kubernetes.io/job-completion-index': '0',
};

function setConditions(template: Json): void {
  const kind = String((template.trialSpec as Json | undefined)?.kind);
  const success = SUCCESS[kind];
  if (success === undefined) return;
  template.successCondition ??= `status.conditions.#(type=="${success}")#|#(status=="True")#`;
  template.failureCondition ??= 'status.conditions.#(type=="Failed")#|#(status=="True")#';
  if (kind !== 'Job') template.primaryPodLabels ??= kind === 'TrainJob' ? FIRST_NODE : MASTER;
}

const FILES: Readonly<Record<string, Json>> = {
  File: { kind: 'File', path: '/var/log/katib/metrics.log', format: 'TEXT' },
  TensorFlowEvent: { kind: 'Directory', path: '/var/log/katib/tfevent/' },
};

function setCollector(metrics: Json): void {
  metrics.collector ??= { kind: 'StdOut' };
  const { kind, customCollector } = metrics.collector as Json;
  // a Container of Kubernetes' own type is never written without
  if (customCollector !== undefined) child(customCollector as Json, 'resources');
  const file = FILES[String(kind)];
  if (file !== undefined) {
    const source = child(metrics, 'source');
    source.fileSystemPath = { ...file, ...child(source, 'fileSystemPath') };
  }
  if (kind === 'PrometheusMetric') {
    const http = child(child(metrics, 'source'), 'httpGet');
    Object.assign(http, { path: '/metrics', port: 8080, ...http });
  }
}

/** Fields whose 0 is a value. */
const POINTERS = ['parallelTrialCount', 'maxTrialCount', 'maxFailedTrialCount', 'goal', 'numLayers'];

/** Without what Go's `omitempty` leaves out: nulls, empty texts and lists, zeros. The template of trials is kept as it is. */
function withoutEmpty(value: Json): Json {
  const clean = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(clean);
    return typeof one === 'object' && one !== null ? withoutEmpty(one as Json) : one;
  };
  const isEmpty = (key: string, one: unknown) =>
    one === null ||
    one === '' ||
    one === false ||
    (one === 0 && !POINTERS.includes(key)) ||
    (Array.isArray(one) && one.length === 0) ||
    (key === 'primaryPodLabels' && Object.keys(one as object).length === 0);
  const entries = Object.entries(value).filter(([key, one]) => !isEmpty(key, one));
  return Object.fromEntries(
    entries.map(([key, one]) => [key, key === 'trialSpec' || key === 'primaryPodLabels' ? one : clean(one)]),
  );
}

/** The object at a key, made where there is none. */
function child(parent: Json, key: string): Json {
  parent[key] ??= {};
  return parent[key] as Json;
}
