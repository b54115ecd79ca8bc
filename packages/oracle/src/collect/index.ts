// How Katib's collector reads an output, without the parts that run trials: it needs no Node.
export { collect } from './collect.ts';
export { type ReadRow, readOutput } from './read-output.ts';
export { prepareReading } from './reading.ts';
export { type WantedMetrics, wantedMetrics } from './wanted-metrics.ts';
