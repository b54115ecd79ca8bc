import { shimVariable } from '@katib-push/shim';
import type { PrimaryContainer } from '../locate/locate-container.ts';
import { environmentNames } from '../locate/read-words.ts';

/** Whether a container runs under the shim already. */
export function isCaptured(container: PrimaryContainer): boolean {
  return environmentNames(container).has(shimVariable);
}

/** Whether a container pushes already, by whichever way: one way per container, never two. */
export function pushesAlready(container: PrimaryContainer): boolean {
  return isCaptured(container) || environmentNames(container).has('KATIB_PUSH_CONFIG');
}
