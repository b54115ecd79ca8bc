// The worker's entry: loads the languages once, then answers each Experiment with what its rewrite came to.
import { parentPort, workerData } from 'node:worker_threads';
import { loadLanguages, rewriteTrialWith, rewriteWith } from '@katib-push/katib';
import { findingsOf, findingsOfTrial } from './findings-of.ts';
import type { WorkerSettings, WorkerTask } from './messages.ts';
import { optionsFor } from './options-for.ts';
import { warmUp } from './warm-up.ts';

const settings = workerData as WorkerSettings;
const languages = await loadLanguages();
warmUp(languages);
parentPort?.on('message', ({ kind, object, namespace }: WorkerTask) => {
  const options = optionsFor(namespace, settings);
  parentPort?.postMessage(
    kind === 'Trial'
      ? findingsOfTrial(rewriteTrialWith(languages, object, options))
      : findingsOf(object, rewriteWith(languages, object, options)),
  );
});
parentPort?.postMessage('ready');
