import { beforeAll, describe, expect, test } from 'vitest';
import { checkManifests } from './checks/index.ts';
import { type Manifest, ofKind, only } from './manifests.ts';
import { renderKustomize } from './render.ts';
import { findTools, type Tools } from './tools.ts';
import { validateManifests } from './validate.ts';

const tools = findTools() as Tools;

/** One mistake in a manifest. */
type Mistake = (manifests: Manifest[]) => void;

const spec = (manifests: readonly Manifest[]) => only(manifests, 'Deployment').spec.template.spec;
const webhook = (manifests: readonly Manifest[]) =>
  only(manifests, 'MutatingWebhookConfiguration').webhooks[0];

/** Mistakes that people make, and what has to be said of them. */
const mistakes: Readonly<Record<string, readonly [Mistake, string]>> = {
  'another label': [
    (all) => {
      only(all, 'Deployment').spec.template.metadata.labels['app.kubernetes.io/name'] = 'webhook';
    },
    "Service doesn't select the server's Pods",
  ],
  'a selector that is too wide': [
    (all) => {
      delete only(all, 'Service').spec.selector['app.kubernetes.io/component'];
    },
    'Service selects the Pods of the Job',
  ],
  'no policy for the job': [
    (all) => {
      all.splice(
        all.findLastIndex(({ kind }) => kind === 'NetworkPolicy'),
        1,
      );
    },
    '0 NetworkPolicies select the Pods of the Job',
  ],
  'a port of another number': [
    (all) => {
      spec(all).containers[0].ports[0].containerPort = 9443;
    },
    'the port behind the Service is 9443, and should be 8443',
  ],
  'a port of another name': [
    (all) => {
      only(all, 'Service').spec.ports[0].targetPort = 'tls';
    },
    'the port behind the Service is undefined, and should be 8443',
  ],
  'another path': [
    (all) => {
      webhook(all).clientConfig.service.path = '/';
    },
    "the webhook's path is /, and should be /mutate",
  ],
  'another Service': [
    (all) => {
      webhook(all).clientConfig.service.name = 'webhook';
    },
    "the webhook's Service is katib-push/webhook, and should be katib-push/katib-push-webhook",
  ],
  'a probe of HTTPS': [
    (all) => {
      spec(all).containers[0].readinessProbe.httpGet.port = 'https';
    },
    "readinessProbe's port is 8443, and should be 8080",
  ],
  'an unknown flag': [
    (all) => {
      spec(all).containers[0].args.push('--verbose=true');
    },
    'the server refuses its settings: the server has no flag --verbose=true',
  ],
  'an unknown setting': [
    (all) => {
      only(all, 'ConfigMap').data['configuration.yaml'] = 'logLevl: info\n';
    },
    'the server refuses its settings: /etc/katib-push/configuration/configuration.yaml:1: logLevl is no setting; did you mean logLevel?',
  ],
  'a file that is not mounted': [
    (all) => {
      spec(all).volumes[0].secret.items.pop();
    },
    '/etc/katib-push/certificate/tls.key is not mounted',
  ],
  'too little time to stop': [
    (all) => {
      spec(all).terminationGracePeriodSeconds = 30;
    },
    'stopping takes 30 s, and the Pod is killed after 30 s',
  ],
  'too little time to rewrite': [
    (all) => {
      webhook(all).timeoutSeconds = 2;
    },
    'a rewrite may take 2000 ms, and the API server waits 2 s',
  ],
  'replicas beside the autoscaler': [
    (all) => {
      only(all, 'Deployment').spec.replicas = 2;
    },
    'autoscaler and Deployment both say how many replicas',
  ],
  'one replica': [
    (all) => {
      all.splice(
        all.findIndex(({ kind }) => kind === 'HorizontalPodAutoscaler'),
        1,
      );
    },
    'there is one replica',
  ],
  'a writable root': [
    (all) => {
      spec(all).containers[0].securityContext.readOnlyRootFilesystem = false;
    },
    'Deployment katib-push-webhook: may write its root',
  ],
  'a capability': [
    (all) => {
      spec(all).containers[0].securityContext.capabilities.add = ['NET_BIND_SERVICE'];
    },
    'Deployment katib-push-webhook: has capabilities',
  ],
  root: [
    (all) => {
      delete only(all, 'CronJob').spec.jobTemplate.spec.template.spec.securityContext.runAsNonRoot;
    },
    'CronJob katib-push-webhook-certificates: runs as root',
  ],
  'a token': [
    (all) => {
      delete spec(all).automountServiceAccountToken;
    },
    'the server gets a token',
  ],
  'two images': [
    (all) => {
      spec(all).containers[0].image = 'webhook:2';
    },
    'there are several images: webhook:2, registry.example.com/katib-push-webhook:0.1.0',
  ],
  'every Secret': [
    (all) => {
      delete only(all, 'Role').rules[0].resourceNames;
    },
    'Role: names 0 objects',
  ],
  'another Secret': [
    (all) => {
      only(all, 'Role').rules[0].resourceNames = ['other'];
    },
    'Role: secrets/other is not in the manifests',
  ],
  'more verbs': [
    (all) => {
      only(all, 'ClusterRole').rules[0].verbs.push('delete');
    },
    'ClusterRole: allows get,patch,delete',
  ],
  'rights for the server': [
    (all) => {
      only(all, 'RoleBinding').subjects[0].name = 'katib-push-webhook';
    },
    'RoleBinding: gives the server rights',
  ],
  'side effects': [
    (all) => {
      webhook(all).sideEffects = 'NoneOnDryRun';
    },
    'sideEffects is "NoneOnDryRun"',
  ],
  'status too': [
    (all) => {
      webhook(all).rules[0].resources.push('experiments/status');
    },
    'rules is [{"apiGroups":["kubeflow.org"],"apiVersions":["v1beta1"],"operations":["CREATE","UPDATE"],"resources":["experiments","experiments/status"],"scope":"Namespaced"}]',
  ],
  'every namespace': [
    (all) => {
      webhook(all).namespaceSelector = {};
    },
    'every namespace takes part',
  ],
  'its own namespace': [
    (all) => {
      webhook(all).namespaceSelector = {
        matchExpressions: [
          { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] },
        ],
      };
    },
    "the server's own namespace takes part",
  ],
  'another namespace': [
    (all) => {
      (only(all, 'Service').metadata as { namespace: string }).namespace = 'kubeflow';
    },
    'Service katib-push-webhook is in the namespace kubeflow',
  ],
  "the job's Secret": [
    (all) => {
      const { args } = only(all, 'Job').spec.template.spec.containers[0];
      args[2] = 'other';
    },
    'Job: --secret is other, and should be katib-push-webhook-tls',
  ],
  "the job's flag": [
    (all) => {
      only(all, 'Job').spec.template.spec.containers[0].args.push('--renew=1h');
    },
    "Job: katib-push-webhook certificates: unknown option '--renew=1h'\nSee katib-push-webhook certificates --help.",
  ],
};

describe.skipIf(tools === undefined)('a check says so where there is', () => {
  let manifests: readonly Manifest[];

  beforeAll(() => {
    manifests = renderKustomize(tools, 'overlays/self-signed');
  });

  test.each(Object.keys(mistakes))('%s', async (name) => {
    const [make, complaint] = mistakes[name] as (typeof mistakes)[string];
    const copy = structuredClone(manifests) as Manifest[];
    make(copy);
    expect(await checkManifests(copy)).toContain(complaint);
  });

  test('a certificate of another name', async () => {
    const copy = structuredClone(renderKustomize(tools, 'overlays/cert-manager')) as Manifest[];
    const leaf = ofKind(copy, 'Certificate').find(({ metadata }) => metadata.name === 'katib-push-webhook');
    leaf?.spec.dnsNames.shift();
    const { annotations } = only(copy, 'MutatingWebhookConfiguration').metadata;
    Object.assign(annotations ?? {}, { 'cert-manager.io/inject-ca-from': 'katib-push/other' });
    expect(await checkManifests(copy)).toEqual([
      'the authority is injected from katib-push/other',
      'the certificate is not for katib-push-webhook.katib-push.svc',
    ]);
  });

  test('what a schema knows', () => {
    const copy = structuredClone(manifests) as Manifest[];
    spec(copy).containers[0].readynessProbe = {};
    only(copy, 'Service').spec.ports[0].port = 'https';
    expect(validateManifests(copy).map((line) => line.slice(0, 60))).toEqual([
      "1.30: Service/katib-push-webhook: spec/ports/0/port: 'https'",
      '1.30: Deployment/katib-push-webhook: spec/template/spec/cont',
      "1.37: Service/katib-push-webhook: spec/ports/0/port: 'https'",
      '1.37: Deployment/katib-push-webhook: spec/template/spec/cont',
    ]);
    const [certificate] = ofKind(renderKustomize(tools, 'overlays/cert-manager'), 'Certificate');
    const { secretName: _, ...rest } = certificate?.spec ?? {};
    expect(validateManifests([{ ...(certificate as Manifest), spec: rest }])).toEqual([
      expect.stringContaining('secretName'),
    ]);
  });
});
