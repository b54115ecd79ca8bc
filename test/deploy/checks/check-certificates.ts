import { runCertificates } from '../../../packages/webhook/src/certificates/run-certificates.ts';
import { type Manifest, ofKind, only, podTemplates } from '../manifests.ts';

/** Certificates for other names, in other Secrets, or trusted by nobody. */
export async function checkCertificates(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const { volumes } = only(manifests, 'Deployment').spec.template.spec;
  const mounted = volumes.find(({ secret }: Manifest) => secret)?.secret.secretName;
  const service = only(manifests, 'Service').metadata;
  const host = `${service.name}.${service.namespace}.svc`;
  const configuration = only(manifests, 'MutatingWebhookConfiguration');
  const problems: string[] = [];

  const injected = configuration.metadata.annotations?.['cert-manager.io/inject-ca-from'];
  const leaf = ofKind(manifests, 'Certificate').find(({ spec }) => spec.secretName === mounted);
  if (injected !== undefined && injected !== `${leaf?.metadata.namespace}/${leaf?.metadata.name}`) {
    problems.push(`the authority is injected from ${injected}`);
  }
  if (leaf && injected === undefined) problems.push('the authority is not injected');
  if (leaf && !leaf.spec.dnsNames.includes(host)) problems.push(`the certificate is not for ${host}`);
  for (const { spec } of ofKind(manifests, 'Certificate')) {
    if (Number.parseInt(spec.renewBefore, 10) >= Number.parseInt(spec.duration, 10))
      problems.push('it is renewed at once');
  }

  const jobs = podTemplates(manifests).filter(({ owner }) => owner.kind !== 'Deployment');
  for (const { owner, pod } of jobs) {
    const { args } = pod.spec.containers[0];
    const given = args
      .slice(1)
      .join(' ')
      .matchAll(/--(\S+?)[= ](\S+)/g);
    const flags = Object.fromEntries([...given].map(([, flag, value]) => [flag, value]));
    const wanted = {
      secret: mounted,
      service: service.name,
      'webhook-configuration': configuration.metadata.name,
    };
    for (const [flag, name] of Object.entries(wanted)) {
      if (flags[flag] !== name)
        problems.push(`${owner.kind}: --${flag} is ${flags[flag]}, and should be ${name}`);
    }
    if (args[0] !== 'certificates') problems.push(`${owner.kind}: runs ${args[0]}`);
    if (!pod.spec.automountServiceAccountToken) problems.push(`${owner.kind}: has no token`);
    problems.push(...(await findUnreadable(args.slice(1))).map((line) => `${owner.kind}: ${line}`));
  }
  if (jobs.length > 0 && !ofKind(manifests, 'Secret').some(({ metadata }) => metadata.name === mounted)) {
    problems.push("the jobs' Secret is missing");
  }
  return problems;
}

/** What the command itself has against its flags. Outside of a cluster it gets as far as looking for one. */
async function findUnreadable(argv: readonly string[]): Promise<readonly string[]> {
  let said = '';
  const write = (text: string): void => {
    said += text;
  };
  await runCertificates(argv, {
    environment: {},
    readFile: async () => '',
    writeOut: write,
    writeError: write,
  });
  return said.includes('KUBERNETES_SERVICE_HOST') ? [] : [said.trim()];
}
