import type { Range } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

export function findOwnReport(_script: Script): Range | undefined {
  return undefined;
}
