import { isDeepStrictEqual } from 'node:util';
import { rewriteExperiment } from '@katib-push/katib';
import { type AdmissionHandler, createAdmissionHandler } from '@katib-push/webhook';
import { createCluster } from '../../../packages/webhook/test/cluster.ts';
import type { Outcome } from '../../api-server/index.ts';
import { setKatibDefaults } from '../../api-server/katib-defaulter.ts';
import { readCases } from '../../cases/read-cases.ts';
import { applyPatch } from '../control-plane/kube.ts';
import { CONFIGURATIONS, registerOurWebhook } from '../control-plane/our-webhook.ts';
import type { Report } from '../report/check.ts';
import { sample } from '../sample.ts';
import { atOnce } from '../stack/at-once.ts';
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
  const handler = createAdmissionHandler({ timeout: 60_000 });
  try {
    for (const [order, name] of Object.entries(orders)) {
      await registerOurWebhook(world.kube, world.webhook, name);
      await checkOrder({ ...world, handler }, order, name < KATIB, report);
      await world.kube.must('DELETE', `${CONFIGURATIONS}/${name}`);
    }
  } finally {
    await handler.close();
  }
}

/** With our webhook's code for the double of the API server, which `npm test` has in place of the real one. */
type WorldAndDouble = World & { readonly handler: AdmissionHandler };

async function checkOrder(
  world: WorldAndDouble,
  order: string,
  first: boolean,
  report: Report,
): Promise<void> {
  const counts = { rewritten: 0, unchanged: 0, refused: 0 };
  const [wrong, doubles]: [string[], string[]] = [[], []];
  const all = readCases();
  const cases = [...sizedExperiments(), ...sample(all)];
  await atOnce(AT_ONCE, cases, async ({ name, experiment }) => {
    try {
      const { outcome, faults, seen } = await checkOne(world, experiment, name, first);
      counts[outcome]++;
      wrong.push(...faults.map((fault) => `${name}: ${fault}`));
      const differences = await compareWithDouble(
        world.handler,
        placed(experiment, REWRITTEN, name),
        first,
        seen,
      );
      doubles.push(...differences.map((each) => `${name}: ${each}`));
    } catch (error) {
      wrong.push(`${name}: ${error}`);
    }
  });
  // with Katib's finalizers, each of them an update that passes by us
  await waitFor(
    'the end of all Experiments',
    async () => (await world.kube.must('GET', experiments(REWRITTEN))).items.length === 0,
    300,
  );
  const { rewritten, unchanged, refused } = counts;
  const size = `${cases.length} Experiments: fixtures (${cases.length - sizedExperiments().length} of ${all.length}) and some at the limits of size`;
  report({
    what: `create, PUT, server-side apply, replace, patch and delete, our webhook ${order}`,
    against: 'the API server and Katib',
    found: `${size}; ${rewritten} rewritten, ${unchanged} unchanged, ${refused} that Katib refuses with and without us`,
    wrong,
  });
  report({
    what: `the double of npm test: the same requests, our webhook ${order}`,
    against: 'the API server and Katib',
    found: `${cases.length} Experiments: ${doubles.length} answers differ`,
    wrong: doubles,
  });
}

async function checkOne(
  { kube }: World,
  experiment: unknown,
  name: string,
  first: boolean,
): Promise<{ outcome: 'refused' | 'rewritten' | 'unchanged'; faults: readonly string[]; seen: Seen }> {
  const seen: [string, unknown][] = [];
  const untouched = await kube.call(
    'POST',
    `${experiments(PLAIN)}?dryRun=All`,
    placed(experiment, PLAIN, name),
  );
  // behind Katib's defaulter we see what it added, also to what its validator refuses without us
  const seenBehind = () =>
    untouched.status < 400 ? manifestOf(untouched.body) : setKatibDefaults(experiment as Stored);
  const given = first ? experiment : seenBehind();
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
    // nobody made the ConfigMap of a template that stands in one
    const isElsewhere = String(created.body.message).includes('unable to parse spec.trialTemplate');
    return { outcome: 'refused', faults, seen: isElsewhere ? [] : [['create', undefined]] };
  }
  const stored = substance(created.body);
  seen.push(['create', stored]);
  differs('a dry run', substance(dry.body), stored);
  differs('created', withoutOutcome(stored), withoutOutcome(substance(expected.body)));
  const outcome = isDeepStrictEqual(withoutOutcome(stored), withoutOutcome(substance(untouched.body)))
    ? 'unchanged'
    : 'rewritten';
  const now = async (step: string) => {
    const found = substance(await kube.must('GET', experiments(REWRITTEN, name)));
    seen.push([step, found]);
    return found;
  };
  const allowed = (what: string, status: number, body: Stored) => {
    if (status >= 400) faults.push(`${what}: ${body.message}`);
  };
  // what a controller writes: our output
  const put = await update(kube, REWRITTEN, name, (object) => {
    object.metadata.annotations = { ...object.metadata.annotations };
  });
  allowed('PUT', put.status, put.body);
  differs('PUT', await now('put'), stored);
  // the originals again, by one manager and then by another one, who forces
  const applied = asYaml(manifestOf(manifest));
  for (const manager of ['one', 'one', 'two']) {
    const query = `?fieldManager=${manager}&force=true`;
    const answer = await kube.call('PATCH', `${experiments(REWRITTEN, name)}${query}`, applied, {
      type: applyPatch,
    });
    allowed(`server-side apply by ${manager}`, answer.status, answer.body);
    differs(`server-side apply by ${manager}`, await now('apply'), stored);
  }
  const replaced = await update(kube, REWRITTEN, name, (object) => {
    object.spec = structuredClone(manifest.spec);
    object.metadata.annotations = manifest.metadata.annotations;
    object.metadata.labels = manifest.metadata.labels;
  });
  allowed('replace', replaced.status, replaced.body);
  // the sentence is lost where nothing was rewritten: such an update is not reviewed
  differs('replace', withoutOutcome(await now('replace')), withoutOutcome(stored));
  const counted = await countTrials(kube, REWRITTEN, name, 50);
  allowed('patch', counted.status, counted.body);
  await now('patch');
  await kube.must('DELETE', experiments(REWRITTEN, name));
  return { outcome, faults, seen };
}

/** What is stored after each step; undefined where it was refused. */
type Seen = readonly (readonly [step: string, stored: unknown])[];

/** Does the same to the double, and says where it stores something else. */
async function compareWithDouble(
  handler: AdmissionHandler,
  manifest: Stored,
  first: boolean,
  seen: Seen,
): Promise<readonly string[]> {
  const { server, kubectl } = createCluster(handler, first ? 'after' : 'before');
  const { name } = manifest.metadata;
  const steps: Readonly<Record<string, () => Promise<Outcome>>> = {
    create: () => server.create(manifest),
    put: () => kubectl.edit(name, () => {}),
    apply: () => kubectl.applyServerSide(manifest),
    replace: () => kubectl.replace(manifest),
    patch: () => kubectl.patch(name, { spec: { maxTrialCount: 50 } }),
  };
  for (const [step, stored] of seen) {
    const { refused, stored: object } = await steps[step]!();
    const double = refused === undefined ? substance(object) : undefined;
    if (isDeepStrictEqual(double, stored)) continue;
    // refused by one of the two, or stored by both
    const why = (refused === undefined) === (stored === undefined) ? (refused ?? 'it stores it') : undefined;
    return [`${step}: ${why ?? firstDifference(double, stored)}`];
  }
  return [];
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
    return `${path}: ${differing(a, b)} is not ${differing(b, a)}`;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
    if (!isDeepStrictEqual(a[key], b[key])) return firstDifference(a[key], b[key], `${path}/${key}`);
  return path;
}

/** What of a value is other than in another one, from a little before on. */
function differing(value: unknown, other: unknown): string {
  const [text, rest] = [value, other].map((each) => JSON.stringify(each) ?? 'absent') as [string, string];
  const at = [...text].findIndex((char, index) => char !== rest[index]);
  return text.slice(Math.max(0, at - 60), Math.max(0, at) + 100);
}
