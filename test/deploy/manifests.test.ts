import { describe, expect, test } from 'vitest';
import { checkHardening } from './checks/check-hardening.ts';
import { checkManifests } from './checks/index.ts';
import { type Manifest, ofKind, only, podTemplates } from './manifests.ts';
import { lintChart, type Release, renderChart, renderKustomize, renderOwnOverlay } from './render.ts';
import { findTools, run, type Tools } from './tools.ts';
import { validateManifests } from './validate.ts';

const tools = findTools() as Tools;

/** Kinds and names, sorted. */
const summary = (manifests: readonly Manifest[]): readonly string[] =>
  manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();

const overlays: Readonly<Record<string, () => readonly Manifest[]>> = {
  'cert-manager': () => renderKustomize(tools, 'overlays/cert-manager'),
  'self-signed': () => renderKustomize(tools, 'overlays/self-signed'),
  'with every component': () =>
    renderOwnOverlay(tools, {
      resources: ['overlays/self-signed'],
      components: ['components/all-namespaces', 'components/monitoring'],
      images: [
        { name: 'registry.example.com/katib-push-webhook', newName: 'localhost:5000/webhook', newTag: '1' },
      ],
    }),
};

describe.skipIf(tools === undefined)('kustomize', () => {
  test.each(Object.keys(overlays))('%s', async (name) => {
    const manifests = overlays[name]?.() ?? [];
    expect(await checkManifests(manifests)).toEqual([]);
  });

  test('holds what it should', () => {
    const names = (overlay: string): readonly string[] =>
      summary(renderKustomize(tools, overlay)).map((name) => name.replace(/-[a-z0-9]{10}$/, '-HASH'));
    const selfSigned = names('overlays/self-signed');
    expect(selfSigned).toMatchInlineSnapshot(`
      [
        "ClusterRole katib-push-webhook-certificates",
        "ClusterRoleBinding katib-push-webhook-certificates",
        "ConfigMap katib-push-webhook-configuration-HASH",
        "CronJob katib-push-webhook-certificates",
        "Deployment katib-push-webhook",
        "HorizontalPodAutoscaler katib-push-webhook",
        "Job katib-push-webhook-certificates",
        "MutatingWebhookConfiguration katib-push-webhook",
        "Namespace katib-push",
        "NetworkPolicy katib-push-webhook",
        "NetworkPolicy katib-push-webhook-certificates",
        "PodDisruptionBudget katib-push-webhook",
        "Role katib-push-webhook-certificates",
        "RoleBinding katib-push-webhook-certificates",
        "Secret katib-push-webhook-tls",
        "Service katib-push-webhook",
        "ServiceAccount katib-push-webhook",
        "ServiceAccount katib-push-webhook-certificates",
      ]
    `);
    const certManager = names('overlays/cert-manager');
    expect(certManager.filter((name) => !selfSigned.includes(name))).toMatchInlineSnapshot(`
      [
        "Certificate katib-push-webhook",
        "Certificate katib-push-webhook-authority",
        "Issuer katib-push-webhook",
        "Issuer katib-push-webhook-self-signed",
      ]
    `);
    expect(selfSigned.filter((name) => !certManager.includes(name))).toMatchInlineSnapshot(`
      [
        "ClusterRole katib-push-webhook-certificates",
        "ClusterRoleBinding katib-push-webhook-certificates",
        "CronJob katib-push-webhook-certificates",
        "Job katib-push-webhook-certificates",
        "NetworkPolicy katib-push-webhook-certificates",
        "Role katib-push-webhook-certificates",
        "RoleBinding katib-push-webhook-certificates",
        "Secret katib-push-webhook-tls",
        "ServiceAccount katib-push-webhook-certificates",
      ]
    `);
  });

  test.each(['self-signed', 'cert-manager'])('%s goes into another namespace', async (overlay) => {
    const manifests = renderOwnOverlay(tools, {
      namespace: 'ml-platform',
      resources: [`overlays/${overlay}`],
      components: ['components/all-namespaces', 'components/monitoring'],
      transformers: ['names'],
      configMapGenerator: [
        {
          name: 'katib-push-webhook-configuration',
          namespace: 'katib-push',
          behavior: 'replace',
          literals: ['configuration.yaml=logLevel: debug'],
        },
      ],
    });
    expect(await checkManifests(manifests)).toEqual([]);
    // Nothing says where it was: neither a field, nor a part of a longer text.
    const left = /namespace":"katib-push"|webhook\.katib-push\b|"katib-push\/|"values":\[[^\]]*"katib-push"/;
    expect(JSON.stringify(manifests).match(left)?.[0]).toBeUndefined();
    expect(only(manifests, 'Namespace').metadata.name).toBe('ml-platform');
    expect(only(manifests, 'ConfigMap').data).toEqual({ 'configuration.yaml': 'logLevel: debug' });
    const others = renderKustomize(tools, `overlays/${overlay}`).length + 2; // what monitoring adds
    expect(manifests).toHaveLength(others);
  });

  test.each(['self-signed', 'cert-manager'])('%s goes under another name', async (overlay) => {
    const manifests = renderOwnOverlay(tools, {
      namespace: 'ml-platform',
      namePrefix: 'blue-',
      nameSuffix: '-2',
      resources: [`overlays/${overlay}`],
      components: ['components/all-namespaces', 'components/monitoring'],
      transformers: ['names'],
    });
    expect(await checkManifests(manifests)).toEqual([]);
    for (const { kind, metadata } of manifests)
      expect(metadata.name).toMatch(kind === 'Namespace' ? /^ml-platform$/ : /^blue-.*-2(-\w+)?$/);
    expect(JSON.stringify(manifests)).not.toMatch(
      /"katib-push-webhook(?:-self-signed|-certificates)?[."]\w+\.svc/,
    );
  });

  test('the base alone has two replicas', () => {
    const base = renderKustomize(tools, 'base');
    expect(only(base, 'Deployment').spec.replicas).toBe(2);
    expect(ofKind(base, 'HorizontalPodAutoscaler')).toEqual([]);
  });

  test('an overlay of a reader names another image everywhere', () => {
    const images = podTemplates(overlays['with every component']?.() ?? []).map(
      ({ pod }) => pod.spec.containers[0].image,
    );
    expect(images).toEqual(Array(3).fill('localhost:5000/webhook:1'));
  });
});

const releases: Readonly<Record<string, Release>> = {
  'as it comes': {},
  'another name and namespace': { name: 'push', namespace: 'ml-platform' },
  'cert-manager': { values: { certificates: { source: 'certManager' } } },
  'an issuer of the cluster': {
    values: {
      certificates: {
        source: 'certManager',
        certManager: { issuerRef: { name: 'corporate', kind: 'ClusterIssuer', group: 'cert-manager.io' } },
      },
    },
  },
  'a certificate of yours': {
    values: {
      certificates: { source: 'existing', existing: { secretName: 'webhook-tls', caBundle: 'Zm9v' } },
    },
  },
  'all namespaces, two fixed replicas': {
    values: {
      webhook: { namespaces: 'optOut' },
      autoscaling: { enabled: false },
      podDisruptionBudget: { enabled: false },
    },
  },
  "users of OpenShift's own ranges": {
    values: { podSecurityContext: { runAsUser: null, runAsGroup: null, fsGroup: null } },
  },
  'no policies': { values: { networkPolicy: { enabled: false } } },
  everything: {
    values: {
      image: {
        repository: 'localhost:5000/webhook',
        digest: `sha256:${'0'.repeat(64)}`,
        pullSecrets: ['registry'],
      },
      configuration: {
        logLevel: 'debug',
        coverage: 'output',
        tlsMinVersion: '1.2',
        clientNames: ['api-server'],
        clientCa: '/etc/katib-push/clients/ca.crt',
      },
      webhook: {
        namespaceSelector: { matchLabels: { 'katib.kubeflow.org/metrics-collector-injection': 'enabled' } },
        objectSelector: { matchLabels: { team: 'vision' } },
        failurePolicy: 'Fail',
        timeoutSeconds: 10,
        matchConditions: [{ name: 'not-from-ci', expression: "request.userInfo.username != 'ci'" }],
        annotations: { note: 'x' },
      },
      networkPolicy: { apiServer: ['10.0.0.1/32', '10.0.0.2/32'], metricsNamespaces: {} },
      monitoring: {
        serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
        prometheusRule: { enabled: true },
      },
      serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn' } },
      ports: { https: 10443, admin: 10080 },
      extraEnv: [{ name: 'HTTPS_PROXY', value: 'http://proxy' }],
      podAnnotations: { a: 'b' },
      podLabels: { c: 'd' },
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: [{ key: 'x', operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      priorityClassName: 'system-cluster-critical',
      extraVolumes: [{ name: 'clients', configMap: { name: 'clients' } }],
      extraVolumeMounts: [{ name: 'clients', mountPath: '/etc/katib-push/clients', readOnly: true }],
    },
  },
};

test.skipIf(tools === undefined)('every object passes the schemas', () => {
  const all = [
    ...Object.values(overlays).flatMap((render) => render()),
    ...Object.values(releases).flatMap((release) => renderChart(tools, release)),
  ];
  const distinct = new Map(all.map((manifest) => [JSON.stringify(manifest), manifest]));
  expect(distinct.size).toBeGreaterThan(50);
  expect(validateManifests([...distinct.values()])).toEqual([]);
});

describe.skipIf(tools === undefined)('chart', () => {
  test.each(Object.keys(releases))('%s', async (name) => {
    const release = releases[name] as Release;
    const manifests = renderChart(tools, release);
    expect(await checkManifests(manifests)).toEqual([]);
    expect(lintChart(tools, release)).toMatchObject({ status: 0 });
  });

  test('can take the network of the node, and the check says that it does', async () => {
    const manifests = renderChart(tools, {
      values: { hostNetwork: true, ports: { https: 10443, admin: 10080 } },
    });
    const { spec } = only(manifests, 'Deployment').spec.template;
    expect(spec).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
    expect(await checkManifests(manifests)).toEqual([
      'Deployment katib-push-webhook: shares a namespace of its node',
    ]);
  });

  test('has a test that a release can run: its script is JavaScript, its Pod as hard as the others', () => {
    const manifests = renderChart(tools, { tests: true });
    const pod = only(manifests, 'Pod');
    expect(checkHardening([pod])).toEqual([]);
    expect(pod.metadata.annotations).toMatchObject({ 'helm.sh/hook': 'test' });
    const [{ args, env }] = pod.spec.containers;
    expect(env).toEqual([{ name: 'URL', value: 'https://katib-push-webhook.katib-push.svc/mutate' }]);
    const checked = run(process.execPath, ['--input-type=module', '--check'], args[0]);
    expect(checked).toEqual({ status: 0, output: '' });
  });

  test('refuses values that mean nothing', () => {
    const refuse = (values: Readonly<Record<string, unknown>>, kubeVersion?: string): string => {
      try {
        renderChart(tools, { values, ...(kubeVersion === undefined ? {} : { kubeVersion }) });
        return 'rendered';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(refuse({ replicas: 0 })).toMatch(/\/replicas/);
    expect(refuse({ replica: 3 })).toMatch(/'replica' not allowed/);
    expect(refuse({ webhook: { namespaces: 'some' } })).toMatch(/'optIn', 'optOut'/);
    expect(refuse({ configuration: { port: 9443 } })).toMatch(/'port'/);
    expect(refuse({ configuration: { logLevl: 'debug' } })).toMatch(/'logLevl' not allowed/);
    expect(refuse({ configuration: { logLevel: 'loud' } })).toMatch(/logLevel/);
    expect(refuse({ configuration: { namespaces: { a: { coverage: 'all' } } } })).toMatch(/coverage/);
    expect(refuse({ configuration: { namespaces: { a: { metricOutput: 'drop' } } } })).toBe('rendered');
    expect(refuse({ certificates: { source: 'existing' } })).toMatch(
      /certificates.existing.secretName is needed/,
    );
    expect(refuse({}, '1.29.0')).toMatch(/requires kubeVersion: >=1.30/);
    expect(refuse({}, '1.30.2-eks-1234')).toBe('rendered');
  });

  test('gives a changed Job another name, and an unchanged one the same', () => {
    const jobOf = (values: Release['values']): string =>
      only(renderChart(tools, { values: values ?? {} }), 'Job').metadata.name;
    expect(jobOf({})).toBe(jobOf({ replicas: 3 }));
    expect(jobOf({ image: { tag: '0.2.0' } })).not.toBe(jobOf({}));
  });

  test('rolls the Pods when the configuration changes', () => {
    const annotations = (values: Release['values']) =>
      only(renderChart(tools, { values: values ?? {} }), 'Deployment').spec.template.metadata.annotations;
    expect(annotations({ configuration: { logLevel: 'warn' } })).not.toEqual(annotations({}));
  });

  test.each([
    ['self-signed', 'selfSigned'],
    ['cert-manager', 'certManager'],
  ])('makes the same objects as the overlay %s', (overlay, source) => {
    const values = {
      certificates: { source },
      monitoring: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } },
    };
    const fromChart = normalize(renderChart(tools, { values }));
    const fromOverlay = normalize(
      renderOwnOverlay(tools, { resources: [`overlays/${overlay}`], components: ['components/monitoring'] }),
    );
    expect(fromChart).toEqual(fromOverlay.filter(({ kind }) => kind !== 'Namespace'));
  });
});

/** Objects without what differs by design: labels and selectors of a release, hashes, who is asked to make Jobs anew. */
function normalize(manifests: readonly Manifest[]): readonly Manifest[] {
  const drop =
    /^(?:app\.kubernetes\.io\/(?:instance|version|managed-by)|helm\.sh\/chart|checksum\/|argocd|kustomize\.toolkit)/;
  const clean = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') {
      // Comments and folding are no part of the configuration.
      if (key === 'configuration.yaml') return value.replace(/^#.*\n/gm, '').trim();
      return value
        .replace(/^(katib-push-webhook(?:-certificates|-configuration)?)-(?:[a-z0-9]{10}|[0-9a-f]{8})$/, '$1')
        .trim();
    }
    if (Array.isArray(value)) return value.map((item) => clean(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([name]) => !drop.test(name));
    const cleaned = Object.fromEntries(entries.map(([name, item]) => [name, clean(item, name)]));
    if (cleaned.annotations && Object.keys(cleaned.annotations as object).length === 0)
      delete cleaned.annotations;
    return cleaned;
  };
  return manifests
    .map((manifest) => clean(manifest) as Manifest)
    .sort((a, b) => `${a.kind} ${a.metadata.name}`.localeCompare(`${b.kind} ${b.metadata.name}`));
}
