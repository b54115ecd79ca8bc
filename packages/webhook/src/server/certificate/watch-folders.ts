import { type FSWatcher, watch } from 'node:fs';

/**
 * Calls back soon after something changes in one of the folders, once for changes that come together. The folder of a
 * file is watched, not the file: Kubernetes swaps the link `..data` beside it. A folder that can't be watched is left to
 * the caller's polling. Returns a function that ends it.
 */
export function watchFolders(folders: ReadonlySet<string>, changed: () => void): () => void {
  const quiet = 50;
  let timer: NodeJS.Timeout | undefined;
  const note = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, quiet);
  };
  const watchers = [...folders].flatMap((folder): readonly FSWatcher[] => {
    try {
      const watcher = watch(folder, { persistent: false }, note);
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
