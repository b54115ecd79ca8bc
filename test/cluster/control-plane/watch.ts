import type { Stack } from '../stack/stack.ts';
import type { Kube, KubeAnswer } from './kube.ts';

/** Called with ADDED, MODIFIED or DELETED and the object. */
export type OnEvent = (type: string, object: KubeAnswer['body']) => void;

/** Watches lists of the API server until the stack stops: all that is there comes first, and again after a break. */
export function watchLists(stack: Stack, kube: Kube, lists: Readonly<Record<string, OnEvent>>): void {
  const ending = new AbortController();
  const watching = Object.entries(lists).map(async ([path, onEvent]) => {
    while (!ending.signal.aborted)
      await kube
        .call('GET', `${path}?watch=true`, undefined, {
          signal: ending.signal,
          onEvent: ({ type, object }) => onEvent(type, object),
        })
        .catch(() => {});
  });
  stack.onStop(async () => {
    ending.abort();
    await Promise.all(watching);
  });
}
