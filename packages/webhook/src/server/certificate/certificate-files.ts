import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type Certificate,
  type CertificateListener,
  type CertificateMaterial,
  type CertificateSource,
  checkPair,
  findExpiry,
} from './certificate.ts';

/** Absolute paths. */
export interface CertificatePaths {
  readonly certificate: string;
  readonly key: string;
  readonly clientCa?: string;
}

/** A change that gives an unusable pair may be half of one: look again after this many milliseconds. */
const secondLook = 1000;

/**
 * Serves the certificate of some files, and the new one when they change: they are watched, and read every `poll`
 * milliseconds. What can't be used never replaces what can. Looks once before it returns.
 */
export async function followCertificateFiles(
  paths: CertificatePaths,
  poll: number,
  listener: CertificateListener,
): Promise<CertificateSource> {
  let current: Certificate | undefined;
  /** What was found last, and what is wrong with it. */
  let seen: string | undefined;
  let complaint: string | undefined;
  let looking: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  async function look(): Promise<void> {
    const found = await readMaterial(paths);
    const text = JSON.stringify(found);
    if (closed || (text === seen && complaint === undefined)) return;
    const next = typeof found === 'string' ? found : checkPair(found);
    const problem = typeof next === 'string' ? next : findExpiry(next);
    const kept = current !== undefined && findExpiry(current) === undefined;
    const known = text === seen && problem === complaint;
    seen = text;
    complaint = problem;
    if (known) return;
    if (typeof next !== 'string' && (problem === undefined || !kept)) current = next;
    if (problem === undefined) return listener.loaded(current as Certificate);
    listener.refused(problem, kept);
    again = setTimeout(check, secondLook).unref();
  }

  function check(): Promise<void> {
    clearTimeout(again);
    looking = (looking ?? Promise.resolve()).then(look);
    return looking;
  }

  const folders = new Set(Object.values(paths).map((path) => dirname(path)));
  const unwatch = watchFolders(folders, check);
  const timer = setInterval(check, poll).unref();
  await check();
  return {
    current: () => current,
    close() {
      closed = true;
      unwatch();
      clearInterval(timer);
      clearTimeout(again);
    },
  };
}

/** The files' texts; or a sentence that names the file that can't be read. */
async function readMaterial(paths: CertificatePaths): Promise<CertificateMaterial | string> {
  try {
    const read = (path: string): Promise<string> => readFile(path, 'utf8');
    const [cert, key, ca] = await Promise.all([
      read(paths.certificate),
      read(paths.key),
      paths.clientCa === undefined ? undefined : read(paths.clientCa),
    ]);
    return { cert, key, ...(ca === undefined ? {} : { ca }) };
  } catch (error) {
    const { code = 'an error', path } = error as NodeJS.ErrnoException;
    return `${path ?? 'a certificate file'} can't be read (${code})`;
  }
}

/**
 * Calls back soon after something changes in one of the folders, once for changes that come together. The folder of a
 * file is watched, not the file: Kubernetes swaps the link `..data` beside it. A folder that can't be watched is left to
 * the caller's polling. Returns a function that ends it.
 */
function watchFolders(folders: ReadonlySet<string>, changed: () => void): () => void {
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
