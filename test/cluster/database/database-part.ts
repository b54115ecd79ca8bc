import { type DbManager, startDbManager } from '@katib-push/db-manager';
import { build } from '../build/build.ts';
import { programs } from '../build/programs.ts';
import type { Check, Report } from '../report/check.ts';
import { createStack, type Stack } from '../stack/stack.ts';
import { askCalls, sameCallAnswer } from './ask-calls.ts';
import { calls, crashes } from './calls.ts';
import { type Database, type DatabaseKind, databaseKinds } from './database.ts';
import { type RealDbManager, startRealDbManager } from './db-manager.ts';
import { type Fault, faults } from './faults.ts';
import { type Pusher, pushers } from './pushers.ts';
import { runFault } from './run-fault.ts';

/**
 * Katib's own DB manager on each database that is installed: its answers against ours, and the clients through faults. The
 * databases have their faults at the same time, as most of it is waiting; but for those that push to the machine's limit.
 */
export async function checkDatabases(report: Report): Promise<void> {
  const stack = createStack();
  try {
    const binary = await build(programs.dbManager);
    const served: Served[] = [];
    for (const kind of databaseKinds) {
      const database = await kind.create(stack);
      if (database === undefined) {
        const skipped = `${kind.name} is not installed: ${kind.remedy}`;
        report({ what: kind.name, against: 'its DB manager', found: '', wrong: [], skipped });
      } else served.push({ kind, database, manager: await startRealDbManager(binary, stack, database) });
    }
    await Promise.all(served.map((each) => checkOne(report, stack, each)));
    for (const each of served)
      for (const fault of faults.filter(isFlood))
        for (const pusher of pushers) await checkFault(report, stack, fault, [pusher], each);
  } finally {
    await stack.stop();
  }
}

/** A database, and Katib's DB manager on it. */
interface Served {
  readonly kind: DatabaseKind;
  readonly database: Database;
  readonly manager: RealDbManager;
}

async function checkOne(report: Report, stack: Stack, served: Served): Promise<void> {
  const own = await startDbManager();
  report(await compareCalls(own, served));
  await own.close();
  // all pushers together, so that each fault happens once
  for (const fault of faults.filter((each) => !isFlood(each)))
    await checkFault(report, stack, fault, pushers, served);
}

function isFlood({ plan }: Fault): boolean {
  return plan.kind === 'flood';
}

async function checkFault(
  report: Report,
  stack: Stack,
  fault: Fault,
  some: readonly Pusher[],
  served: Served,
): Promise<void> {
  for (const check of await runFault(fault, some, served, stack.folder)) report(check);
}

async function compareCalls(own: DbManager, { kind, database, manager }: Served): Promise<Check> {
  const ours = await askCalls(own.address, calls);
  const theirs = await askCalls(manager.address, calls);
  const wrong: string[] = [];
  let known = 0;
  for (const [at, call] of calls.entries()) {
    const same = sameCallAnswer(ours[at]!, theirs[at]!, database.foldsCase);
    const reason = call.differs?.[kind.name];
    if (!same && reason !== undefined) known++;
    if (same === (reason !== undefined))
      wrong.push(
        [call, ours[at], theirs[at]].map((each) => JSON.stringify(each).slice(0, 300)).join(' | ') +
          (same ? `: the same, though ${reason}` : ''),
      );
  }
  for (const call of crashes) {
    const [answer] = await askCalls(own.address, [call]);
    const [crash] = await askCalls(manager.address, [call]);
    if (!sameCallAnswer({ ...answer!, message: '' } as never, { ...crash!, message: '' } as never, false))
      wrong.push([call, answer, crash].map((each) => JSON.stringify(each)).join(' | '));
    await manager.start();
  }
  return {
    what: 'the embedded DB manager',
    against: `Katib's DB manager on ${database.name}`,
    found: `${calls.length + crashes.length} calls, ${known} known to differ, ${wrong.length} wrong`,
    wrong,
  };
}
