/** Where a worker's code is, and what Node needs to run it. */
export interface WorkerSource {
  readonly url: URL;
  /** Absent: as this process was started. */
  readonly execArgv?: readonly string[];
}

/** The worker beside this file: TypeScript in this repository, where Node runs it as it is, JavaScript once it is built. */
export function findWorker(): WorkerSource {
  if (!import.meta.url.endsWith('.ts')) return { url: new URL('./rewrite-worker.js', import.meta.url) };
  return { url: new URL('./rewrite-worker.ts', import.meta.url), execArgv: ['--conditions=source'] };
}
