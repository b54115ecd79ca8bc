import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Io } from './io.ts';

/** Several events of one save count as one change: those within so many milliseconds. */
const settled = 50;

/** Watches what the paths name. A file is watched through its folder: an editor may put another file in its place. */
export const watchPaths: Io['watch'] = (paths) => {
  let pending = false;
  let wake = (): void => {};
  let timer: NodeJS.Timeout | undefined;
  const notice = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      pending = true;
      wake();
    }, settled);
  };
  const watchers = paths.map((path): FSWatcher => {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      return watch(path, { recursive: true }, notice);
    return watch(dirname(path), (_, name) => {
      if (name === null || name === basename(path)) notice();
    });
  });
  return {
    changed: async () => {
      if (!pending) await new Promise<void>((resolve) => (wake = resolve));
      pending = false;
    },
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
};
