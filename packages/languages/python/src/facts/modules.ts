import type { Script } from '../syntax/script.ts';

export function findModules(_script: Script): readonly string[] {
  return [];
}
