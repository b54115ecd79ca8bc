import { isDeepStrictEqual } from 'node:util';
import { rewriteExperiment } from '@katib-push/katib';
import { readCases } from '../../cases/read-cases.ts';
import { applyPatch } from '../control-plane/kube.ts';
import { registerOurWebhook } from '../control-plane/our-webhook.ts';
import type { Check, Report } from '../report/check.ts';
import { sample } from '../sample.ts';
import { waitFor } from '../stack/wait-for.ts';
import { sizedExperiments } from './sizes.ts';
import {
  countTrials,
  experiments,
  KATIB,
  orders,
  PLAIN,
  placed,
  REWRITTEN,
  type Stored,
  substance,
  update,
  type World,
} from './world.ts';

/** Fixtures at a time. */
const AT_ONCE = 8;

/**
 * Every fixture through the real API server, our webhook before and behind Katib's own: what is stored is what Katib
 * stores of the rewrite made here, where our webhook isn't asked; and each way to update leaves it as it is stored.
 */
export async function checkFixtures(world: World, report: Report): Promise<void> {
  for (const [order, name] of Object.entries(orders)) {
    await registerOurWebhook(world.kube, world.webhook, name);
    report(await checkOrder(world, order, name < KATIB));
    await world.kube.must(
      'DELETE',
      `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${name}`,
    );
  }
}

async function checkOrder(world: World, order: string, first: boolean): Promise<Check> {
  const counts = { rewritten: 0, unchanged: 0, refused: 0 };
  const wrong: string[] = [];
  const cases = [...sizedExperiments(), ...sample(readCases())];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < cases.length; at = next++) {
      const { name, experiment } = cases[at]!;
      try {
        const { outcome, faults } = await checkOne(world, experiment, name, first);
        counts[outcome]++;
        wrong.push(...faults.map((fault) => `${name}: ${fault}`));
      } catch (error) {
        wrong.push(`${name}: ${error}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  // with Katib's finalizers, each of them an update that passes by us
  await waitFor(
    'the end of all Experiments',
    async () => (await world.kube.must('GET', experiments(REWRITTEN))).items.length === 0,
    300,
  );
  const { rewritten, unchanged, refused } = counts;
  return {
    what: `create, PUT, server-side apply, replace, patch and delete, our webhook ${order}`,
    against: 'the API server and Katib',
    found: `${cases.length} fixtures and Experiments at the limits of size: ${rewritten} rewritten, ${unchanged} unchanged, ${refused} that Katib refuses with and without us`,
    wrong,
  };
}

async function checkOne({ kube }: World, experiment: unknown, name: string, first: boolean) {
  const untouched = await kube.call(
    'POST',
    `${experiments(PLAIN)}?dryRun=All`,
    placed(experiment, PLAIN, name),
  );
  // behind Katib's defaulter we see what it added
  const given = first || untouched.status >= 400 ? experiment : manifestOf(untouched.body);
  const local = (await rewriteExperiment(given)).experiment;
  const expected = await kube.call('POST', `${experiments(PLAIN)}?dryRun=All`, placed(local, PLAIN, name));
  const manifest = placed(experiment, REWRITTEN, name);
  const dry = await kube.call('POST', `${experiments(REWRITTEN)}?dryRun=All`, manifest);
  const created = await kube.call('POST', experiments(REWRITTEN), manifest);
  const faults: string[] = [];
  const differs = (what: string, a: unknown, b: unknown) => {
    if (!isDeepStrictEqual(a, b)) faults.push(`${what}: ${firstDifference(a, b)}`);
  };
  if (created.status >= 400 || expected.status >= 400) {
    if (created.status !== expected.status) faults.push(`${created.body.message} | ${expected.body.message}`);
    return { outcome: 'refused', faults } as const;
  }
  const stored = substance(created.body);
  differs('a dry run', substance(dry.body), stored);
  differs('created', withoutOutcome(stored), withoutOutcome(substance(expected.body)));
  const outcome = isDeepStrictEqual(withoutOutcome(stored), withoutOutcome(substance(untouched.body)))
    ? 'unchanged'
    : 'rewritten';
  const now = async () => substance(await kube.must('GET', experiments(REWRITTEN, name)));
  const allowed = (what: string, status: number, body: Stored) => {
    if (status >= 400) faults.push(`${what}: ${body.message}`);
  };
  // what a controller writes: our output
  const put = await update(kube, REWRITTEN, name, (object) => {
    object.metadata.annotations = { ...object.metadata.annotations };
  });
  allowed('PUT', put.status, put.body);
  differs('PUT', await now(), stored);
  // the originals again, by one manager and then by another one, who forces
  const applied = asYaml(manifestOf(manifest));
  for (const manager of ['one', 'one', 'two']) {
    const query = `?fieldManager=${manager}&force=true`;
    const answer = await kube.call('PATCH', `${experiments(REWRITTEN, name)}${query}`, applied, {
      type: applyPatch,
    });
    allowed(`server-side apply by ${manager}`, answer.status, answer.body);
    differs(`server-side apply by ${manager}`, await now(), stored);
  }
  const replaced = await update(kube, REWRITTEN, name, (object) => {
    object.spec = structuredClone(manifest.spec);
    object.metadata.annotations = manifest.metadata.annotations;
    object.metadata.labels = manifest.metadata.labels;
  });
  allowed('replace', replaced.status, replaced.body);
  // the sentence is lost where nothing was rewritten: such an update is not reviewed
  differs('replace', withoutOutcome(await now()), withoutOutcome(stored));
  const counted = await countTrials(kube, REWRITTEN, name, 50);
  allowed('patch', counted.status, counted.body);
  await kube.must('DELETE', experiments(REWRITTEN, name));
  return { outcome, faults } as const;
}

/** JSON that YAML, as which the API server reads it, does not fold: these characters are line breaks to it. */
function asYaml(manifest: Stored): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(manifest).replace(/[\u0085\u2028\u2029\ufeff]/g, escaped);
}

/** Without the sentence that the webhook keeps of what it did: the rewrite made here has none. */
function withoutOutcome(kept: Stored): Stored {
  const { 'katib-push.io/outcome': _, ...annotations } = kept.annotations;
  return { ...kept, annotations };
}

/** A manifest as it is applied: what the server keeps is not in it. */
function manifestOf({ apiVersion, kind, metadata, spec }: Stored): Stored {
  const { name, namespace, labels, annotations } = metadata;
  return { apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec };
}

/** The path of the first value that differs, with both. */
function firstDifference(a: Stored, b: Stored, path = ''): string {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return `${path}: ${JSON.stringify(a)?.slice(0, 200)} is not ${JSON.stringify(b)?.slice(0, 200)}`;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
    if (!isDeepStrictEqual(a[key], b[key])) return firstDifference(a[key], b[key], `${path}/${key}`);
  return path;
}
