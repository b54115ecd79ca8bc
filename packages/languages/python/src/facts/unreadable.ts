import type { UnreadableOutput } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

export function findUnreadable(_script: Script): readonly UnreadableOutput[] {
  return [];
}
