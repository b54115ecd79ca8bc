import { primaryRoles } from '../locate/locate-container.ts';
import type { PolicyKind } from '../policy/choices.ts';
import { type CelVariable, celList, celText, fieldOr } from './cel.ts';

/** The field that holds a job's replicas; `''`: the pod's template. */
const replicaFields = {
  Job: '',
  PyTorchJob: 'pytorchReplicaSpecs',
  TFJob: 'tfReplicaSpecs',
  MPIJob: 'mpiReplicaSpecs',
  XGBoostJob: 'xgbReplicaSpecs',
  PaddleJob: 'paddleReplicaSpecs',
  JAXJob: 'jaxReplicaSpecs',
} as const satisfies Readonly<Record<PolicyKind, string>>;

/** Labels that the Training Operator gives its pods: the only ones whose values are compared when the pod runs. */
const operatorLabels = ['job-role', 'replica-type', 'replica-index'].map(
  (name) => `training.kubeflow.org/${name}`,
);

/** Whether a Trial's job is of one of the kinds, by its group and kind. */
export function isOfKind(kinds: readonly PolicyKind[]): string {
  const wanted = kinds.map((kind) => `${kind === 'Job' ? 'batch' : 'kubeflow.org'}/${kind}`);
  return `object.spec.runSpec.apiVersion.split("/")[0] + "/" + object.spec.runSpec.kind in ${celList(wanted)}`;
}

/** Where the pod of the primary container stands, and which labels tell the pods of its template apart. */
export function podVariables(kinds: readonly PolicyKind[]): readonly CelVariable[] {
  const fields = kinds.map((kind) => `${celText(kind)}: ${celText(replicaFields[kind])}`);
  const hasContainer =
    'variables.replicas[r].template.spec.containers.exists(c, c.name == variables.primary)';
  const wantedType = `variables.labels[${celText(operatorLabels[1] as string)}]`;
  const hasType = `!(${celText(operatorLabels[1] as string)} in variables.labels) || r.lowerAscii() == ${wantedType}`;
  return [
    { name: 'primary', expression: 'object.spec.primaryContainerName' },
    { name: 'labels', expression: fieldOr('object.spec.primaryPodLabels', '{}') },
    { name: 'field', expression: `{${fields.join(', ')}}[object.spec.runSpec.kind]` },
    {
      name: 'replicas',
      expression: 'variables.field == "" ? {} : dyn(object.spec.runSpec.spec[variables.field])',
    },
    {
      name: 'roles',
      expression: `${celList(primaryRoles)}.filter(r, r in variables.replicas && ${hasContainer} && (${hasType}))`,
    },
    {
      name: 'template',
      expression:
        'variables.field == "" ? object.spec.runSpec.spec.template : variables.replicas[variables.roles[0]].template',
    },
    {
      name: 'path',
      expression:
        '"/spec/runSpec/spec/" + (variables.field == "" ? "template" : variables.field + "/" + variables.roles[0] + "/template") + "/spec"',
    },
    // a map of CEL has no order: the keys come from a list that has one
    {
      name: 'podLabels',
      expression: `variables.field == "" ? [] : ${celList(operatorLabels)}.filter(k, k in variables.labels)`,
    },
  ];
}

/** Whether the pod is known for certain, or will know itself: a Job's by its template's labels, another's by the operator's. */
export const isPodCertain = [
  '(variables.field == "" || size(variables.roles) > 0)',
  `variables.labels.all(k, variables.field == "" ? variables.template.metadata.labels[k] == variables.labels[k] : k in ${celList(operatorLabels)})`,
  '!("training.kubeflow.org/job-role" in variables.labels && variables.labels["training.kubeflow.org/job-role"] != "master")',
  'variables.template.spec.containers.exists_one(c, c.name == variables.primary)',
].join(' && ');
