import { type Manifest, ofKind, only } from '../manifests.ts';
import { serverSettings } from './server-settings.ts';

/** Ports and paths between API server, Service, container, probes and the server's settings that don't line up. */
export function checkPorts(manifests: readonly Manifest[]): readonly string[] {
  const container = only(manifests, 'Deployment').spec.template.spec.containers[0];
  const service = only(manifests, 'Service');
  const settings = serverSettings(manifests);
  const numberOf = (port: number | string): unknown =>
    typeof port === 'number'
      ? port
      : container.ports.find(({ name }: Manifest) => (name as unknown) === port)?.containerPort;
  const behind = (port: number): unknown => {
    const found = service.spec.ports.find((each: { readonly port: number }) => each.port === port);
    return found && numberOf(found.targetPort);
  };
  const expect = (what: string, found: unknown, wanted: unknown): readonly string[] =>
    found === wanted ? [] : [`${what} is ${found}, and should be ${wanted}`];

  const called = only(manifests, 'MutatingWebhookConfiguration').webhooks[0].clientConfig.service;
  const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap((name) => {
    const get = container[name]?.httpGet;
    const path = name === 'readinessProbe' ? '/readyz' : '/healthz';
    return [
      ...expect(`${name}'s port`, get && numberOf(get.port), settings.adminPort),
      ...expect(`${name}'s path`, get?.path, path),
      ...expect(`${name}'s scheme`, get?.scheme ?? 'HTTP', 'HTTP'),
    ];
  });
  const policy = ofKind(manifests, 'NetworkPolicy').find(
    ({ spec }) => spec.podSelector.matchLabels['app.kubernetes.io/component'] === 'server',
  );
  const open = policy?.spec.ingress.flatMap(({ ports }: Manifest) =>
    ports.map(({ port }: Manifest) => numberOf(port as never)),
  );
  const monitored = ofKind(manifests, 'ServiceMonitor').flatMap(({ spec }) => {
    const port = service.spec.ports.find(
      ({ name }: Manifest) => (name as unknown) === spec.endpoints[0].port,
    );
    return [
      ...expect("ServiceMonitor's port", port && numberOf(port.targetPort), settings.adminPort),
      ...expect("ServiceMonitor's path", spec.endpoints[0].path, '/metrics'),
    ];
  });
  return [
    ...expect(
      "the webhook's Service",
      `${called.namespace}/${called.name}`,
      `${service.metadata.namespace}/${service.metadata.name}`,
    ),
    ...expect('the port behind the Service', behind(called.port), settings.port),
    ...expect("the webhook's path", called.path, settings.path),
    ...probes,
    ...monitored,
    ...(open === undefined
      ? []
      : expect('what the NetworkPolicy lets in', String(open), `${settings.port},${settings.adminPort}`)),
    ...(settings.port < 1024 || settings.adminPort < 1024 ? ['a port below 1024 needs a capability'] : []),
  ];
}
