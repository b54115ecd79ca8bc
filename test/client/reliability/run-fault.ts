import { constants } from 'node:os';
import { join } from 'node:path';
import { startDbManager } from '@katib-push/db-manager';
import type { ConformingClient } from '../conformance/clients.ts';
import { type Account, accountFor, readSaid, readSpill, type Said } from './account.ts';
import { createDatabase } from './database.ts';
import { type Fault, flushOf, type Scale } from './faults.ts';
import { programText, rowsOf } from './program.ts';
import { createProxy } from './proxy.ts';
import { startRefusingServer } from './refusing-server.ts';
import { type Ended, type Running, startRunning } from './running.ts';

/** What came of one fault with one client. */
export interface Outcome {
  readonly fault: Fault;
  readonly language: string;
  readonly account: Account;
  readonly said: Said | undefined;
  /** Everything on stderr. */
  readonly stderr: string;
  /** Whether stdout is, byte by byte, what it is without the client; of a killed program, what it printed until then. */
  readonly intact: boolean;
  readonly code: Ended['code'];
  /** Exit code of the program without the client. */
  readonly plainCode: Ended['code'];
  /** Seconds that the program took longer than without the client; waiting for the harness is not counted. */
  readonly added: number;
  /** How long before the kill the earliest missing row was printed, in milliseconds; 0 where none is missing. */
  readonly unseen: number;
  /** Of a killed program: how many rows its client had for certain when the call before the last but one was answered. */
  readonly given: number;
}

const TRIAL = 'reliability';
/** The last call, the one before it, which may have been made of older rows, and the one whose answer came before that. */
const CALLS_AHEAD = 3;

/** Runs one fault of the matrix. @param chance numbers from 0 to 1 that decide random moments */
export async function runFault(
  fault: Fault,
  client: ConformingClient,
  scale: Scale,
  chance: () => number,
): Promise<Outcome> {
  const plan = fault.plan(scale);
  const killed = plan.kind === 'ticking';
  const flush = flushOf(fault, scale);
  const text = programText(client.language, plan);
  const plain = killed ? undefined : await runPlain(client, text, fault);
  const manager = await startDbManager();
  const statuses = fault.statuses ?? [];
  const database = createDatabase();
  const refusing = await startRefusingServer(manager.address, (call) => {
    const status = statuses[call - 1] ?? (fault.refusesOn ? statuses.at(-1) : undefined);
    return status === undefined ? database.answer() : { status };
  });
  const proxy = await createProxy(fault.statuses || fault.database ? refusing.address : manager.address);
  let spill: readonly string[] = [];
  try {
    if (!fault.drive) await proxy.up();
    const program = startRunning(
      {
        client,
        text,
        shell: fault.shell,
        env: {
          [client.variable]: client.source,
          KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['loss'], filters: null }),
          KATIB_TRIAL_NAME: TRIAL,
          KATIB_DB_MANAGER_ADDRESS: fault.address ?? proxy.address,
          ...(flush === undefined ? {} : { KATIB_PUSH_FLUSH_TIMEOUT: String(flush) }),
          ...fault.env,
        },
      },
      (folder) => {
        spill = readSpill(join(folder, `katib-push-${TRIAL}.jsonl`));
      },
    );
    // the manager tells of a report before it answers
    const printedAtCalls: number[] = [];
    manager.onReport(() => printedAtCalls.push(program.printed));
    const stored = async (rows: number) => {
      if (await storedRows(manager, rows, program)) await Promise.race([proxy.answer(), program.ended]);
    };
    const driven = fault.drive?.({ proxy, program, database, scale, stored, chance }).then(() => Date.now());
    const ended = await program.ended;
    const killedAt = (await driven) ?? Date.now();
    if (killed) await quiet(manager);
    const printed = killed
      ? rowsIn(ended.stdout)
      : Array.from({ length: rowsOf(plan) }, (_, i) => `loss=${i}`);
    const rows = manager.observations(TRIAL).map(({ name, value }) => `${name}=${value}`);
    const account = accountFor(printed, rows, spill);
    return {
      fault,
      language: client.language,
      account,
      said: readSaid(ended.stderr),
      stderr: ended.stderr,
      intact: plain ? ended.stdout === plain.stdout : isCut(ended.stdout),
      code: ended.code,
      plainCode: plain?.code ?? endOf(fault, client),
      added: plain ? ended.busy - plain.busy : 0,
      unseen: killed
        ? ageOf(account.missing[0], ended.stdout, fault.end ? killedAt : lastTick(ended.stdout))
        : 0,
      // of the last row that was seen nobody knows
      given: Math.max(0, (printedAtCalls.at(-CALLS_AHEAD) ?? 0) - 1),
    };
  } finally {
    await proxy.close();
    refusing.close();
    await manager.close();
  }
}

/** How a program ends that is killed, or ends at once. */
function endOf({ end }: Fault, { language }: ConformingClient): Ended['code'] {
  if (language === 'shim' && end === 'SIGTERM') return 128 + constants.signals.SIGTERM;
  return end ?? (language === 'javascript' ? 'SIGKILL' : 7);
}

/** The program as it is without the client: the pass-through stays. */
async function runPlain(client: ConformingClient, text: string, { shell }: Fault): Promise<Ended> {
  const program = startRunning({ client, text, env: {}, shell });
  for (const _ of text.match(/readline|stdin/) ? [1, 2, 3] : []) program.go();
  return program.ended;
}

/** Resolves when the manager holds `rows` different rows: whether that took waiting. Rejects if the program ends before. */
async function storedRows(
  manager: Awaited<ReturnType<typeof startDbManager>>,
  rows: number,
  { ended }: Running,
): Promise<boolean> {
  const enough = () => new Set(manager.observations(TRIAL).map(({ value }) => value)).size >= rows;
  if (enough()) return false;
  let stop = () => {};
  const reached = new Promise<void>((resolve) => {
    stop = manager.onReport(() => enough() && resolve());
  });
  const early = ended.then(({ stderr }) => {
    if (!enough()) throw new Error(`the program ended before the server had ${rows} rows\n${stderr}`);
  });
  await Promise.race([reached, early]).finally(() => stop());
  return true;
}

/** Resolves when the manager has worked off what a killed program sent: three times in a row nothing new. */
async function quiet(manager: Awaited<ReturnType<typeof startDbManager>>): Promise<void> {
  for (let [same, last] = [0, -1]; same < 3; ) {
    const { report } = manager.requests;
    same = report === last ? same + 1 : 0;
    last = report;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const TICK = /^(loss=\d+) at (\d+)$/gm;

function rowsIn(stdout: string): string[] {
  return [...stdout.matchAll(TICK)].map(([, row = '']) => row);
}

/** Milliseconds from the print of a row to a moment. */
function ageOf(row: string | undefined, stdout: string, moment: number): number {
  const found = row && [...stdout.matchAll(TICK)].find(([, each]) => each === row);
  return found ? moment - Number(found[2]) : 0;
}

function lastTick(stdout: string): number {
  return Number([...stdout.matchAll(TICK)].at(-1)?.[2]);
}

/** Whether it is nothing but rows in order, the last of them perhaps cut. */
function isCut(stdout: string): boolean {
  const lines = stdout.split('\n');
  return lines.every((line, i) =>
    i < lines.length - 1
      ? new RegExp(`^loss=${i} at \\d+$`).test(line)
      : `loss=${i} at `.startsWith(line) || /^loss=\d+ at \d*$/.test(line),
  );
}
