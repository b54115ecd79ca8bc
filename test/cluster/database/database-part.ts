import { type DbManager, startDbManager } from '@katib-push/db-manager';
import { build } from '../build/build.ts';
import { programs } from '../build/programs.ts';
import type { Check, Report } from '../report/check.ts';
import { createStack, type Stack } from '../stack/stack.ts';
import { askCalls, sameCallAnswer } from './ask-calls.ts';
import { calls, crashes } from './calls.ts';
import { type Database, databaseKinds } from './database.ts';
import { type RealDbManager, startRealDbManager } from './db-manager.ts';
import { faults } from './faults.ts';
import { pushers } from './pushers.ts';
import { runFault } from './run-fault.ts';

/** Katib's own DB manager on each database that is installed: its answers against ours, and the clients through faults. */
export async function checkDatabases(report: Report): Promise<void> {
  const binary = await build(programs.dbManager);
  for (const kind of databaseKinds) {
    const stack = createStack();
    try {
      const database = await kind.create(stack);
      if (database === undefined) {
        const skipped = `${kind.name} is not installed: ${kind.remedy}`;
        report({ what: kind.name, against: 'its DB manager', found: '', wrong: [], skipped });
        continue;
      }
      const manager = await startRealDbManager(binary, stack, database);
      const own = await startDbManager();
      report(await compareCalls(own, manager, database, kind.name));
      await own.close();
      await checkFaults(report, stack, database, manager);
    } finally {
      await stack.stop();
    }
  }
}

async function compareCalls(
  own: DbManager,
  manager: RealDbManager,
  database: Database,
  kind: string,
): Promise<Check> {
  const ours = await askCalls(own.address, calls);
  const theirs = await askCalls(manager.address, calls);
  const wrong: string[] = [];
  let known = 0;
  for (const [at, call] of calls.entries()) {
    const same = sameCallAnswer(ours[at]!, theirs[at]!, database.foldsCase);
    const reason = call.differs?.[kind];
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

async function checkFaults(
  report: Report,
  stack: Stack,
  database: Database,
  manager: RealDbManager,
): Promise<void> {
  for (const fault of faults) {
    // together, so that each fault happens once: but for those that push to the machine's limit
    const groups = fault.plan.kind === 'flood' ? pushers.map((each) => [each]) : [pushers];
    for (const group of groups)
      for (const check of await runFault(fault, group, { database, manager }, stack.folder)) report(check);
  }
}
