import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Manifest } from '../../deploy/manifests.ts';
import { renderChart, renderKustomize, renderOwnOverlay } from '../../deploy/render.ts';
import { findTools, type Tools } from '../../deploy/tools.ts';
import { runCertificatesJob } from '../control-plane/certificates-job.ts';
import { mergePatch } from '../control-plane/kube.ts';
import { CONFIGURATIONS, registerOurWebhook } from '../control-plane/our-webhook.ts';
import type { Report } from '../report/check.ts';
import {
  collected,
  experiments,
  isRewritten,
  PLAIN,
  placed,
  REWRITTEN,
  type Stored,
  sampled,
  type World,
} from './world.ts';

/** The real API server has no definitions of these: the packages hold schemas only. */
const FOREIGN = /^(cert-manager\.io|monitoring\.coreos\.com)\//;
const NAMESPACE = 'katib-push';

const renderings: Readonly<Record<string, (tools: Tools) => readonly Manifest[]>> = {
  'kustomize, self-signed': (tools) => renderKustomize(tools, 'overlays/self-signed'),
  'kustomize, cert-manager': (tools) => renderKustomize(tools, 'overlays/cert-manager'),
  'kustomize, every component': (tools) =>
    renderOwnOverlay(tools, {
      resources: ['overlays/self-signed'],
      components: ['components/all-namespaces', 'components/monitoring'],
    }),
  'Helm, as it comes': (tools) => renderChart(tools),
};

/** Our manifests: taken with strict validation, stored as they are, no diff after them; and the certificates job's rights. */
export async function checkManifests(world: World, report: Report): Promise<void> {
  const tools = findTools();
  const against = 'the API server';
  if (tools === undefined) {
    const skipped = 'helm and kubectl are not installed';
    return report({ what: 'our manifests', against, found: '', wrong: [], skipped });
  }
  await world.kube.must('POST', '/api/v1/namespaces', { metadata: { name: NAMESPACE } });
  for (const [what, render] of Object.entries(renderings)) {
    const wrong: string[] = [];
    let [taken, foreign] = [0, 0];
    for (const manifest of render(tools)) {
      if (FOREIGN.test(manifest.apiVersion)) foreign++;
      else {
        taken++;
        wrong.push(...(await createDry(world, manifest)));
      }
    }
    const others = foreign === 0 ? '' : `; ${foreign} of kinds that are not defined here`;
    report({
      what: `manifests: ${what}`,
      against,
      found: `${taken} objects strictly valid, without drift${others}`,
      wrong,
    });
  }
  await checkAllNamespaces(world, tools, report);
  await checkDiff(world, tools, report);
}

/** With the component for all namespaces: those take part that don't say otherwise, but for the cluster's own. */
async function checkAllNamespaces(world: World, tools: Tools, report: Report): Promise<void> {
  const { kube, webhook } = world;
  const rendered = renderings['kustomize, every component']!(tools);
  const { webhooks } = rendered.find(({ kind }) => kind === 'MutatingWebhookConfiguration') as Stored;
  const { namespaceSelector } = webhooks[0];
  const out = { ...collected, 'katib-push.io/rewrite': 'disabled' };
  await kube.must('POST', '/api/v1/namespaces', { metadata: { name: 'opted-out', labels: out } });
  const system = { metadata: { labels: collected } };
  await kube.must('PATCH', '/api/v1/namespaces/kube-system', system, { type: mergePatch });
  await registerOurWebhook(kube, webhook, ALL, { namespaceSelector });
  const rewritten: string[] = [];
  const wrong: string[] = [];
  for (const namespace of [PLAIN, REWRITTEN, 'opted-out', 'kube-system']) {
    const path = `${experiments(namespace)}?dryRun=All`;
    const { status, body } = await kube.call('POST', path, placed(sampled, namespace, 'all-namespaces'));
    if (status !== 201) wrong.push(`${namespace}: ${body.message}`);
    else if (isRewritten(body)) rewritten.push(namespace);
  }
  await kube.must('DELETE', `${CONFIGURATIONS}/${ALL}`);
  report({
    what: 'manifests: every namespace takes part',
    against: 'the API server',
    found: `rewritten in ${rewritten.join(', ')}; not in one with the label \`disabled\`, nor in kube-system`,
    wrong: rewritten.join() === `${PLAIN},${REWRITTEN}` ? wrong : [...wrong, `rewritten in ${rewritten}`],
  });
}

/** The name of the configuration for all namespaces. */
const ALL = 'all-namespaces';

/** Creates an object without storing it; each value of the manifest that the server would keep otherwise is wrong. */
async function createDry({ kube }: World, manifest: Manifest): Promise<readonly string[]> {
  const name = `${manifest.kind} ${manifest.metadata.name}`;
  const { status, body } = await kube.call(
    'POST',
    `${await pathOf({ kube }, manifest)}?dryRun=All&fieldValidation=Strict`,
    manifest,
  );
  if (status === 409) return []; // the namespace that is there
  if (status >= 400) return [`${name}: ${body.message}`];
  return driftOf(manifest, body).map((each) => `${name}: ${each}`);
}

/** Where objects of a kind are created. */
async function pathOf(
  { kube }: Pick<World, 'kube'>,
  { apiVersion, kind, metadata }: Manifest,
): Promise<string> {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { resources } = await kube.must('GET', root);
  const { name, namespaced } = resources.find(
    (each: Stored) => each.kind === kind && !each.name.includes('/'),
  );
  return `${root}${namespaced ? `/namespaces/${metadata.namespace ?? NAMESPACE}` : ''}/${name}`;
}

/** Values of a manifest that are other ones, or gone, in what is stored. */
function driftOf(manifest: Stored, stored: Stored, path = ''): readonly string[] {
  if (typeof manifest !== 'object' || manifest === null)
    return manifest === stored
      ? []
      : [`${path} is ${JSON.stringify(stored)}, not ${JSON.stringify(manifest)}`];
  if (stored === undefined || stored === null) return [`${path} is gone`];
  return Object.entries(manifest)
    .filter(([key, value]) => value !== null && `${path}/${key}` !== '/stringData')
    .flatMap(([key, value]) => driftOf(value, stored[key], `${path}/${key}`));
}

/** Applies the overlay with its own certificates: `kubectl diff` is clean, and the job may do what it has to with its token. */
async function checkDiff(world: World, tools: Tools, report: Report): Promise<void> {
  const { kube, stack, kubeconfig } = world;
  const file = join(stack.folder, 'manifests.yaml');
  const manifests = renderKustomize(tools, 'overlays/self-signed');
  writeFileSync(file, manifests.map((each) => stringify(each)).join('---\n'));
  const kubectl = (...words: readonly string[]) =>
    spawnSync(tools.kubectl, words, {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: stack.folder, KUBECONFIG: kubeconfig },
    });
  for (const flags of [['--server-side'], []]) {
    const forced = flags.length > 0 ? ['--force-conflicts'] : [];
    const applied = kubectl('apply', ...flags, ...forced, '-f', file);
    const diff = kubectl('diff', ...flags, '-f', file);
    const how = flags.length > 0 ? 'server-side' : 'client-side';
    const wrong = [
      ...(applied.status === 0 ? [] : [applied.stderr]),
      ...(diff.status === 0 ? [] : [`${diff.stdout}${diff.stderr}`.slice(0, 1500)]),
    ];
    report({
      what: `kubectl diff after an apply, ${how}`,
      against: 'the API server',
      found: wrong.length === 0 ? 'clean' : 'not clean',
      wrong,
    });
  }

  const account = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/katib-push-webhook-certificates/token`;
  const {
    status: { token },
  } = await kube.must('POST', account, { spec: {} });
  const { code, said } = await runCertificatesJob(stack, kube, NAMESPACE, token);
  const more = await kube.call('GET', `/api/v1/namespaces/${NAMESPACE}/secrets`, undefined, { token });
  report({
    what: 'the certificates job with the token of its service account',
    against: 'RBAC of the API server',
    found: `exit code ${code}: ${said.trim().replace(/\d{4}-\S+Z/, 'its time')}; it may not list Secrets (${more.status})`,
    wrong: code === 0 && more.status === 403 ? [] : [said],
  });
  kubectl('delete', '--ignore-not-found', '--wait=false', '-f', file);
}
