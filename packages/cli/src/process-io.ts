import {
  chmod,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import type { Io, Output } from './io.ts';
import { watchPaths } from './watch-paths.ts';

/** The real world: this process. */
export function processIo(): Io {
  const { env } = process;
  return {
    ...(basename(process.argv[1] ?? '') === 'kubectl-katib_push' ? { calledAs: 'kubectl katib-push' } : {}),
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    readStdin: () => buffer(process.stdin),
    readFile: (path) => readFile(path),
    patchFile: async (path, offset, bytes) => {
      const file = await open(path, 'r+');
      try {
        for (let done = 0; done < bytes.length; ) {
          done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
        await file.sync();
      } finally {
        await file.close();
      }
    },
    writeFile: async (path, text) => {
      await mkdir(dirname(path), { recursive: true });
      const target = await realpath(path).catch(() => path); // a link stays one
      const mode = (await stat(target).catch(() => undefined))?.mode;
      const fresh = `${target}.${process.pid}.katib-push`;
      try {
        await writeFile(fresh, text, { flag: 'wx' });
        if (mode !== undefined) await chmod(fresh, mode);
        await rename(fresh, target);
      } catch (error) {
        await unlink(fresh).catch(() => {});
        throw error;
      }
    },
    removeFile: (path) => unlink(path),
    statFile: async (path) => {
      const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
        throw error;
      });
      return found && (found.isDirectory() ? 'folder' : 'file');
    },
    listFolder: async (path) => {
      const entries = await readdir(path, { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    },
    watch: watchPaths,
    // A package script runs in the folder of its package; INIT_CWD is where the caller was.
    cwd: (env.npm_lifecycle_event !== undefined && env.INIT_CWD) || process.cwd(),
    env,
    untilStopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
          process.once(signal, () => resolve(signal));
      }),
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  const columns = stream.columns ?? 0;
  return {
    write: (data) => {
      stream.write(data);
    },
    isTTY: stream.isTTY === true,
    ...(columns > 0 ? { columns } : {}),
  };
}
