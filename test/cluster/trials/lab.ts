import { join } from 'node:path';
import { KATIB, makeNamespaces, PLAIN, REWRITTEN } from '../admission/world.ts';
import { build } from '../build/build.ts';
import { programs } from '../build/programs.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import { addresses, startKatib } from '../control-plane/katib.ts';
import { type OurWebhook, registerOurWebhook, startOurWebhook } from '../control-plane/our-webhook.ts';
import { type Database, databaseKinds } from '../database/database.ts';
import { type RealDbManager, startRealDbManager } from '../database/db-manager.ts';
import type { Stack } from '../stack/stack.ts';
import { differences, imageOf } from './differences.ts';
import { startKubeletStandIn } from './kubelet.ts';
import type { Lab } from './run-experiment.ts';
import { lasting, paced, specialCases, writeImages } from './special-cases.ts';
import { startSuggestionService } from './suggestion-service.ts';
import { defineTrainJobs, startTrainerStandIn } from './trainer.ts';

/** All of it: a control plane, Katib with its database, our webhook, a suggestion service, the kubelet stand-in. */
export interface FullLab extends Lab {
  readonly stack: Stack;
  /** A kubeconfig of an administrator. */
  readonly kubeconfig: string;
  readonly database: Database;
  readonly manager: RealDbManager;
  /** Starts the pods of one more namespace. */
  serve(namespace: string): void;
  /** Starts our webhook again, with further settings of docs/configuration.md. */
  restartWebhook(flags?: readonly string[]): Promise<void>;
  /** Ends it as a machine that fails would. */
  killWebhook(): Promise<void>;
}

const OURS = 'katib-push-webhook';
const venv = join(import.meta.dirname, '../../../.venv/bin');

/** Starts everything. Undefined where no database is installed. */
export async function startLab(stack: Stack): Promise<FullLab | undefined> {
  const [kind] = databaseKinds;
  const database = (await databaseKinds[0]?.create(stack)) ?? (await databaseKinds[1]?.create(stack));
  if (kind === undefined || database === undefined) return undefined;
  const manager = await startRealDbManager(
    await build(programs.dbManager),
    stack,
    database,
    `${addresses.dbManager}:6789`,
  );
  const plane = await startControlPlane(stack);
  await defineTrainJobs(plane.kube);
  const katib = await startKatib(stack, plane, KATIB);
  await makeNamespaces(plane.kube);
  let webhook: OurWebhook | undefined;
  const killWebhook = async () => webhook?.process.stop('SIGKILL');
  const restartWebhook = async (flags: readonly string[] = []) => {
    await killWebhook();
    webhook = await startOurWebhook(stack, flags);
    await registerOurWebhook(plane.kube, webhook, OURS);
  };
  await restartWebhook();
  const suggestions = await startSuggestionService(plane.kube, [PLAIN, REWRITTEN]);
  stack.onStop(() => suggestions.close());
  const folders = writeImages(join(stack.folder, 'images'), [
    ...specialCases,
    lasting,
    paced,
    ...differences.flatMap(imageOf),
  ]);
  const collector = await build(programs.collector);
  const images = { collector, folders, path: [venv], hosts: katib.hosts };
  const serve = (namespace: string) => startKubeletStandIn(stack, plane.kube, namespace, images);
  for (const namespace of [PLAIN, REWRITTEN]) {
    startTrainerStandIn(stack, plane.kube, namespace);
    serve(namespace);
  }
  return { ...plane, stack, serve, katib, suggestions, database, manager, restartWebhook, killWebhook };
}
