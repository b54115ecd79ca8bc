// A worker for tests: does what the Experiment's name says, and else finds nothing to do.
import { parentPort } from 'node:worker_threads';

const nothing = { outcome: 'unchanged', patch: [], pushed: [], way: null, collector: 'Push', asked: false, notes: [] };

parentPort.on('message', ({ object: { metadata } }) => {
  if (metadata.name === 'hang') for (;;);
  if (metadata.name === 'slow') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
  if (metadata.name === 'throw') throw new Error('thrown in the worker, with a secret');
  if (metadata.name === 'exit') process.exit(3);
  if (metadata.name === 'memory') {
    const kept = [];
    for (;;) kept.push(new Array(100_000).fill(0).map((_, index) => ({ index })));
  }
  parentPort.postMessage(nothing);
});
parentPort.postMessage('ready');
