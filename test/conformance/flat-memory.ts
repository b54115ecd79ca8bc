import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Language } from '@katib-push/core';

const ROUNDS = 40;

/**
 * How many bytes more are held after a text of about 20 KB has been parsed, asked and disposed of 40 times, once the
 * same has been done 10 times before. A tree that isn't freed costs about 50 times its text, each time.
 */
export function measureGrowth(language: Language, text: string): number {
  const long = text.repeat(Math.ceil(20_000 / Math.max(1, text.length)));
  work(language, long, 10);
  const before = footprint();
  work(language, long, ROUNDS);
  return footprint() - before;
}

function work(language: Language, text: string, rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    const document = language.parse(text, { opaque: [] });
    document.statements();
    const { document: edited } = document.edit([]);
    edited.statements();
    edited.dispose();
    document.dispose();
  }
}

/** What is held once garbage is collected; what WebAssembly holds is external. */
function footprint(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
