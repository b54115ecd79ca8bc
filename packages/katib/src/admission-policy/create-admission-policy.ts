import { wrapWords } from '@katib-push/shim';
import { algorithmLabel, captureLabel, labels, type PolicyKind, rewriteLabel } from '../policy/choices.ts';
import { sharedFolderLabel } from '../read-experiment.ts';
import { type CelCondition, celText } from './cel.ts';
import { filtersVariable, givesKnown, type KnownFilters, knowFilters } from './filters.ts';
import { isOfKind, podVariables } from './job-kinds.ts';
import { changeVariables, mutationExpression, ownInterpreter } from './mutation.ts';
import { configVariables } from './shim-config-expression.ts';
import { shimTexts, shimVariables } from './shim-texts.ts';
import { wordsVariables } from './words.ts';

/** What a policy is made for. */
export interface PolicyOptions {
  /** Kinds of the jobs whose Trials it takes. Default `Job` alone. */
  readonly kinds?: readonly PolicyKind[];
  /** Labels that a namespace must have; default none: the Trial's own label is enough. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** Of the ConfigMap with the shim. Default `kubeflow`. */
  readonly namespace?: string;
  /** `host:port` of the DB manager, where it is not `katib-db-manager.kubeflow:6789`. */
  readonly address?: string;
  /** Filters (`metricsFormat`) whose Trials it takes, beside Katib's default and those of its examples. */
  readonly metricsFormats?: readonly string[];
  /** Of the API `admissionregistration.k8s.io`. Default `v1`. */
  readonly apiVersion?: 'v1' | 'v1beta1';
}

/** One object of Kubernetes. */
export interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

const name = 'katib-push';

/**
 * What puts Trials under the shim without a server of ours: the ConfigMap with the shim, a MutatingAdmissionPolicy and its
 * binding. It does what `rewriteTrial` does to the Trials that it takes. It leaves those that it can't be sure about: where
 * words would have to be joined for a shell, where the user has other filters, where the primary pod isn't certain.
 *
 * @throws TypeError for a filter that can't be used
 */
export function createAdmissionPolicy(options: PolicyOptions = {}): readonly PolicyObject[] {
  const { kinds = ['Job'], namespaceLabels, namespace = 'kubeflow', address, apiVersion = 'v1' } = options;
  const known = knowFilters(options.metricsFormats ?? []);
  const api = `admissionregistration.k8s.io/${apiVersion}`;
  const shims = shimTexts({
    tls: address?.startsWith('https://') ?? false,
    primaryPod: kinds.some((kind) => kind !== 'Job'),
  });
  const params = { name: `${name}-shim`, namespace };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: params,
      data: { front: frontOf(), frontWithOwn: frontOf(ownInterpreter), ...shims },
    },
    {
      apiVersion: api,
      kind: 'MutatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Ignore',
        reinvocationPolicy: 'Never',
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        matchConstraints: {
          ...(namespaceLabels ? { namespaceSelector: { matchLabels: namespaceLabels } } : {}),
          objectSelector: {
            matchLabels: { [captureLabel]: 'container' },
            matchExpressions: [{ key: rewriteLabel, operator: 'NotIn', values: [...labels.rewrite.values] }],
          },
          resourceRules: [
            {
              apiGroups: ['kubeflow.org'],
              apiVersions: ['v1beta1'],
              operations: ['CREATE'],
              resources: ['trials'],
            },
          ],
        },
        matchConditions: matchConditions(kinds, known),
        variables: [
          ...podVariables(kinds),
          {
            name: 'index',
            expression: 'variables.template.spec.containers.map(c, c.name).indexOf(variables.primary)',
          },
          { name: 'container', expression: 'variables.template.spec.containers[variables.index]' },
          ...wordsVariables,
          filtersVariable(known),
          ...configVariables,
          ...shimVariables,
          ...changeVariables(address),
        ],
        mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: mutationExpression() } }],
      },
    },
    {
      apiVersion: api,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, paramRef: { ...params, parameterNotFoundAction: 'Allow' } },
    },
  ];
}

/** The text in front of the words, which tries these interpreters first. */
function frontOf(...interpreters: readonly string[]): string {
  return wrapWords([], { interpreters })[2] ?? '';
}

/** What a Trial says of itself; its container is looked at behind these. */
function matchConditions(kinds: readonly PolicyKind[], known: KnownFilters): readonly CelCondition[] {
  const collector = 'object.spec.metricsCollector';
  return [
    { name: 'job-kind', expression: isOfKind(kinds) },
    { name: 'reads-output', expression: `${collector}.collector.kind in ["StdOut", "File", "Push"]` },
    { name: 'known-filters', expression: givesKnown(known) },
    { name: 'no-shared-folder', expression: `!(${celText(sharedFolderLabel)} in object.metadata.labels)` },
    {
      name: 'stopping-service',
      expression: `!has(object.spec.earlyStoppingRules) || size(object.spec.earlyStoppingRules) == 0 || ${celText(algorithmLabel)} in object.metadata.labels`,
    },
  ];
}
