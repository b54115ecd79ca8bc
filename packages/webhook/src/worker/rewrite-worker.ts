// The worker's entry: loads the languages once, then answers each Experiment with what its rewrite came to.
import { parentPort, workerData } from 'node:worker_threads';
import { loadLanguages, rewriteWith } from '@katib-push/katib';
import { findingsOf } from './findings-of.ts';
import type { WorkerSettings } from './messages.ts';
import { warmUp } from './warm-up.ts';

const { options } = workerData as WorkerSettings;
const languages = await loadLanguages();
warmUp(languages);
parentPort?.on('message', (experiment: unknown) => {
  parentPort?.postMessage(findingsOf(experiment, rewriteWith(languages, experiment, options)));
});
parentPort?.postMessage('ready');
