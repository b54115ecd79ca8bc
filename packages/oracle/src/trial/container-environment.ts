import { isObject, listOr, textOf, valueAt } from '../json/read-json.ts';
import type { TrialIdentity } from './substitute.ts';

/** The variables that the kubelet sets for a container. */
export interface ContainerEnvironment {
  readonly values: ReadonlyMap<string, string>;
  /** Names of variables whose value is known only in a cluster (`valueFrom`, `envFrom`): not set here. */
  readonly absent: readonly string[];
}

/**
 * The environment of the primary container: its `env` in order, `$(NAME)` of earlier ones expanded, and at the end
 * `KATIB_TRIAL_NAME`, which Katib's pod webhook appends. Of `valueFrom`, only the trial's own name, its namespace and the
 * primary pod's labels are known here.
 *
 * @param labels `primaryPodLabels`: what runs here is the primary pod
 */
export function containerEnvironment(
  container: unknown,
  identity: TrialIdentity,
  labels: unknown = {},
): ContainerEnvironment {
  const values = new Map<string, string>();
  const absent: string[] = [];
  for (const entry of listOr(valueAt(container, 'env')).filter(isObject)) {
    const name = textOf(entry.name);
    if (name === undefined || name === '' || /[=\0]/.test(name)) continue;
    const value =
      entry.valueFrom === undefined ? (textOf(entry.value) ?? '') : ofPod(entry.valueFrom, identity, labels);
    if (value === undefined) absent.push(name);
    else values.set(name, entry.valueFrom === undefined ? expandVariables(value, values) : value);
  }
  for (const source of listOr(valueAt(container, 'envFrom'))) {
    const name = valueAt(source, 'configMapRef', 'name') ?? valueAt(source, 'secretRef', 'name');
    absent.push(`all of ${textOf(name) ?? 'envFrom'}`);
  }
  values.set('KATIB_TRIAL_NAME', identity.trialName);
  return { values, absent: absent.filter((name) => !values.has(name)) };
}

function ofPod(source: unknown, identity: TrialIdentity, labels: unknown): string | undefined {
  const field = textOf(valueAt(source, 'fieldRef', 'fieldPath')) ?? '';
  if (field === 'metadata.namespace') return identity.namespace;
  const label = /^metadata\.labels\['(.*)'\]$/.exec(field)?.[1];
  if (label === 'katib.kubeflow.org/trial') return identity.trialName;
  return label === undefined ? undefined : textOf(valueAt(labels, label));
}

/**
 * The kubelet's expansion of `$(NAME)` in a container's command, args and env values: `$$` gives `$`, a name without
 * a value and a `$` before anything else stay as they are.
 *
 * Follows `third_party/forked/golang/expansion` of Kubernetes.
 */
export function expandVariables(text: string, values: ReadonlyMap<string, string>): string {
  //   $$        $(…)          one pass from left to right, so that $$(A) gives $(A)
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) => {
    return name === undefined ? '$' : (values.get(name) ?? whole);
  });
}
