/** Where a worker's code is, and what Node needs to run it. */
export interface WorkerSource {
  readonly url: URL;
  readonly execArgv: readonly string[];
}

/** Flags that say how modules are found and loaded, which a worker needs as its process does; those with a value first. */
const withValue = ['--conditions', '-C', '--import', '--require', '-r', '--loader', '--experimental-loader'];
const alone = ['--enable-source-maps', '--preserve-symlinks'];

/**
 * The worker's code: what is given, else the file beside this one, which is TypeScript in this repository, where Node runs
 * it as it is, and JavaScript once it is built.
 *
 * @param flags how this process was started; what has no meaning for a worker is left out (`--input-type` would end it)
 */
export function findWorker(given: URL | undefined, flags: readonly string[]): WorkerSource {
  const execArgv = flags.flatMap((flag, index) => {
    if (alone.includes(flag) || withValue.some((name) => flag.startsWith(`${name}=`))) return [flag];
    return withValue.includes(flag) ? [flag, flags[index + 1] ?? ''] : [];
  });
  if (given) return { url: given, execArgv };
  const source = import.meta.url.endsWith('.ts');
  return {
    url: new URL(source ? './rewrite-worker.ts' : './rewrite-worker.js', import.meta.url),
    execArgv: source ? [...execArgv, '--conditions=source'] : execArgv,
  };
}
