import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What is written to the descriptor comes out of the socket, which ends when nobody has the descriptor any more. */
export interface Pipe {
  readonly reader: Socket;
  readonly writer: number;
}

/**
 * Pipes as a container's streams are. Node gives its children sockets, which can't be opened as `/dev/stdout`. The caller
 * closes the writers.
 */
export async function createPipes(count: number): Promise<readonly Pipe[]> {
  const folder = await mkdtemp(join(tmpdir(), 'katib-push-pipes-'));
  try {
    const paths = Array.from({ length: count }, (_, index) => join(folder, String(index)));
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
    return paths.map((path) => {
      // without blocking, as nobody writes yet
      const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const writer = openSync(path, constants.O_WRONLY);
      return { reader: new Socket({ fd, readable: true, writable: false }), writer };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Closes what nobody is to write to any more. */
export function closeWriters(pipes: readonly Pipe[]): void {
  for (const { writer } of pipes) closeSync(writer);
}
