import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A server that nobody here wrote, around which a small program of ours says what it saw. */
export interface Peer {
  readonly port: number;
  /** Rows of the calls that it accepted, `name=value`, in the order of arrival. */
  readonly rows: readonly string[];
  /** Everything else that it told, such as `{"pings": 1000}`; what it found `wrong` with a request too. */
  readonly told: readonly Readonly<Record<string, unknown>>[];
  /** Resolves when it has accepted so many rows. */
  accepted(rows: number): Promise<void>;
  /** Ends it; rejects with what it wrote to stderr, if it did. */
  close(): Promise<void>;
}

/** The peers by the library that speaks gRPC or HTTP/2: how each is started. */
export const peers = {
  'grpc-js': [process.execPath, '--conditions=source', join(import.meta.dirname, 'grpc-js-peer.ts')],
  grpcio: [
    join(import.meta.dirname, '../../../.venv/bin/python'),
    join(import.meta.dirname, 'grpcio_peer.py'),
  ],
  h2: [join(import.meta.dirname, '../../../.venv/bin/python'), join(import.meta.dirname, 'h2_peer.py')],
} as const;

export type PeerName = keyof typeof peers;

/** @param files certificate and key of a server that speaks TLS */
export async function startPeer(
  name: PeerName,
  scenario: string,
  files: readonly string[] = [],
): Promise<Peer> {
  const [command, ...args] = peers[name];
  const child = spawn(command, [...args, scenario, ...files], { stdio: ['pipe', 'pipe', 'pipe'] });
  const rows: string[] = [];
  const told: Record<string, unknown>[] = [];
  const waiting: { count: number; resolve(): void }[] = [];
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    errors += piece;
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => reject(new Error(`${name} did not start:\n${errors}`)));
    createInterface(child.stdout).on('line', (line) => {
      const what = JSON.parse(line);
      if (what.port) resolve(what.port);
      else if (what.rows) rows.push(...what.rows);
      else told.push(what);
      for (const each of waiting) if (rows.length >= each.count) each.resolve();
    });
  });
  return {
    port,
    rows,
    told,
    accepted: (count) =>
      new Promise((resolve) => {
        if (rows.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    async close() {
      child.stdin.end();
      await closed;
      if (errors) throw new Error(`${name} wrote to stderr:\n${errors}`);
    },
  };
}
