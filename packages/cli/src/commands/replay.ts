import { resolve } from 'node:path';
import type { DbManagerConnection } from '@katib-push/db-manager';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { unreadable } from '../problems/describe-fault.ts';
import { CommandFailure, type Problem, problem } from '../problems/problem.ts';
import { deliveredMark, readSpill, type SpilledRow } from '../replay/read-spill.ts';
import { sendRows } from '../replay/send-rows.ts';
import { count } from '../terminal/count.ts';
import { neutralise } from '../terminal/neutralise.ts';

/** What the command line gives. */
export interface ReplayOptions {
  readonly address?: string;
  readonly trial?: string;
  readonly keep?: boolean;
}

/** A spill file that grows while it is replayed is read again, that often. */
const mostRounds = 10;

/** The body of `katib-push replay`; gives the exit code. */
export async function replay(
  options: ReplayOptions,
  context: Context,
  files: readonly string[],
): Promise<number> {
  const { io, services } = context;
  if (files.includes('-')) {
    const message = 'Standard input is no file that can be marked.';
    throw new CommandFailure([problem('usage', message, { hint: 'Name the spill file.' })]);
  }
  const address = options.address ?? (io.env.KATIB_DB_MANAGER_ADDRESS || 'katib-db-manager.kubeflow:6789');
  const authority = io.env.KATIB_PUSH_CA_CERT;
  const ca = authority ? await read(authority, context) : undefined;
  const connection = await services.connectDbManager(address, ca ? { ca } : {});
  let failed = false;
  try {
    for (const file of new Set(files)) {
      const { problems, stopped } = await replayFile(file, address, connection, options, context);
      context.complain(problems);
      failed ||= problems.length > 0;
      if (stopped) break;
    }
  } finally {
    connection.close();
  }
  return failed ? exitCode.badInput : exitCode.ok;
}

async function replayFile(
  file: string,
  address: string,
  connection: DbManagerConnection,
  { trial, keep }: ReplayOptions,
  context: Context,
): Promise<{ readonly problems: readonly Problem[]; readonly stopped: boolean }> {
  const { io, print } = context;
  const path = resolve(io.cwd, file);
  const refused = new Map<number, Problem>();
  let delivered = 0;
  for (let round = 1; ; round++) {
    const bytes = await read(file, context);
    const { rows, problems } = readSpill(file, bytes);
    const wanted = rows.filter(
      (row) => (trial === undefined || row.trial === trial) && !refused.has(row.line),
    );
    const sent = await sendRows(wanted, connection, (batch) => io.patchFile(path, ...marked(bytes, batch)));
    delivered += sent.delivered;
    for (const { row, answer } of sent.refused) {
      const message = `${address} refuses the row: grpc-status ${answer.status} ${answer.message}`;
      refused.set(row.line, problem('row-refused', message, { file, place: { line: row.line, column: 1 } }));
    }
    const all = [...problems, ...refused.values()];
    if (sent.stopped) {
      const { status, message } = sent.stopped;
      const why = `${wanted.length - sent.delivered} rows did not reach ${address}: grpc-status ${status} ${message}`;
      all.push(problem('not-delivered', why, { file }));
    } else if ((await read(file, context)).length > bytes.length && round < mostRounds) continue;

    const left = rows.length - sent.delivered + problems.length;
    const removed = left === 0 && !keep;
    if (removed) await io.removeFile(path);
    const end = removed
      ? 'the file is removed'
      : left === 0
        ? 'the file is kept'
        : `${count(left, 'line')} left in the file`;
    print([`${neutralise(file)}: ${count(delivered, 'row')} delivered to ${neutralise(address)}, ${end}.`]);
    return { problems: all, stopped: sent.stopped !== undefined };
  }
}

/** Offset and bytes that mark the lines of rows as delivered. What lies between them stays as it is. */
function marked(bytes: Uint8Array, rows: readonly SpilledRow[]): [number, Uint8Array] {
  const [first, last] = [rows[0] as SpilledRow, rows.at(-1) as SpilledRow];
  for (const row of rows) bytes[row.from] = deliveredMark;
  return [first.from, bytes.subarray(first.from, last.to)];
}

async function read(file: string, { io }: Context): Promise<Uint8Array> {
  return await io.readFile(resolve(io.cwd, file)).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure([unreadable(file, error)]);
  });
}
