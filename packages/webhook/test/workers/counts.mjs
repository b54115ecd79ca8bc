// A worker for tests: captures every Trial, and tells of each Experiment how many reviews came before it.
import { parentPort } from 'node:worker_threads';

const nothing = { patch: [], summary: '', pushed: [], way: null, collector: 'StdOut', asked: false, notes: [] };
let count = 0;

parentPort.on('message', ({ kind }) => {
  const counted = { ...nothing, outcome: 'unchanged', notes: [{ code: `after-${count}` }] };
  parentPort.postMessage(kind === 'Trial' ? { ...nothing, outcome: 'rewritten' } : counted);
  count++;
});
parentPort.postMessage('ready');
