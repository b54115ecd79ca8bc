import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../../packages/db-manager/test/client.ts';
import { accountFor, readSpill } from '../../client/reliability/account.ts';
import { rowsOf } from '../../client/reliability/program.ts';
import type { Running } from '../../client/reliability/running.ts';
import type { Check } from '../report/check.ts';
import { waitFor } from '../stack/wait-for.ts';
import type { Database } from './database.ts';
import type { RealDbManager } from './db-manager.ts';
import type { Fault } from './faults.ts';
import type { Pusher } from './pushers.ts';

/** The command, from its source. */
const cli = join(import.meta.dirname, '../../../packages/cli/src/bin.ts');

interface Trial {
  readonly name: string;
  readonly pusher: Pusher;
  readonly program: Running;
  /** Where its spill file is kept; undefined until it ended. */
  spill?: string;
}

let runs = 0;

/**
 * Lets programs of each pusher push to the real DB manager through a fault, at the same time; then replays what they
 * spilled.
 *
 * It is wrong if a printed row is neither stored nor spilled, if rows are invented or out of order, if the exit code
 * changes, or if something is missing after the replay.
 */
export async function runFault(
  fault: Fault,
  pushers: readonly Pusher[],
  { database, manager }: { readonly database: Database; readonly manager: RealDbManager },
  folder: string,
): Promise<readonly Check[]> {
  const kept = mkdtempSync(join(folder, 'spills-'));
  const flush = fault.flush === undefined ? {} : { KATIB_PUSH_FLUSH_TIMEOUT: String(fault.flush) };
  const startTrial = (pusher: Pusher): Trial => {
    const name = `trial-${++runs}`;
    const env = { KATIB_TRIAL_NAME: name, KATIB_DB_MANAGER_ADDRESS: manager.address, ...flush };
    const trial: Trial = {
      name,
      pusher,
      program: pusher.start(fault.plan, env, (place) => {
        const file = join(place, `katib-push-${name}.jsonl`);
        if (!existsSync(file)) return;
        trial.spill = join(kept, `${name}.jsonl`);
        copyFileSync(file, trial.spill);
      }),
    };
    return trial;
  };
  const trials = pushers.flatMap((pusher) =>
    Array.from({ length: fault.programs }, () => startTrial(pusher)),
  );
  const programs = trials.map(({ program }) => program);
  await fault.happen({
    database,
    manager,
    programs,
    async block(count) {
      for (const program of programs) program.go();
      await Promise.all(programs.map((program) => program.blocks(count)));
    },
    async stored(rows) {
      for (const { name } of trials)
        await waitFor(
          `${rows} rows of ${name}`,
          async () => (await storedRows(manager, name)).length >= rows,
        );
    },
  });
  const checks: Check[] = [];
  for (const pusher of pushers) {
    const own = trials.filter((trial) => trial.pusher === pusher);
    const against = `Katib's DB manager on ${database.name}`;
    checks.push({
      what: `${pusher.name}: ${fault.name}`,
      against,
      ...(await checkTrials(fault, own, manager)),
    });
  }
  return checks;
}

/** What became of the rows of some programs that ended. */
async function checkTrials(
  fault: Fault,
  trials: readonly Trial[],
  manager: RealDbManager,
): Promise<Pick<Check, 'found' | 'wrong'>> {
  const printed = Array.from({ length: rowsOf(fault.plan) }, (_, at) => `loss=${at}`);
  const wrong: string[] = [];
  let [delivered, spilled, twice] = [0, 0, 0];
  for (const trial of trials) {
    const { name, program } = trial;
    const { code, stderr } = await program.ended;
    const { spill } = trial;
    const before = await storedRows(manager, name);
    const account = accountFor(printed, before, readSpill(spill ?? ''));
    delivered += account.delivered;
    spilled += account.spilled;
    twice += account.duplicates + account.both;
    if (code !== EXIT_CODE) wrong.push(`${name} ended with ${code}: ${stderr}`);
    if (account.missing.length > 0)
      wrong.push(`${name}: ${account.missing.length} rows are missing: ${stderr}`);
    if (account.invented.length > 0) wrong.push(`${name}: ${account.invented[0]} was never printed`);
    if (!inOrder(before)) wrong.push(`${name}: its rows are not in order`);
    if (fault.spills !== 'may' && fault.spills !== account.spilled > 0)
      wrong.push(`${name}: ${account.spilled} rows are spilled: ${stderr}`);
    if (spill !== undefined) wrong.push(...(await replay(manager, name, spill, printed)));
  }
  const rows = printed.length * trials.length;
  return { found: `${rows} rows printed, ${delivered} delivered, ${spilled} spilled, ${twice} twice`, wrong };
}

/** With which the programs end. */
const EXIT_CODE = 7;

/** Replays a spill file; after it all rows are stored, in their order. */
async function replay(
  manager: RealDbManager,
  trial: string,
  file: string,
  printed: readonly string[],
): Promise<readonly string[]> {
  const args = ['--conditions=source', cli, 'replay', file, '--address', manager.address, '--keep'];
  await waitFor(`rows of ${trial} after the fault`, () => storedRows(manager, trial));
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0)
    return [
      `${trial}: replay ended with ${status}: ${stdout}${stderr}\n${readFileSync(file, 'utf8').slice(0, 300)}`,
    ];
  const after = await storedRows(manager, trial);
  const missing = printed.length - new Set(after).size;
  return missing === 0 && inOrder(after)
    ? []
    : [`${trial}: after the replay ${missing} rows are missing, or out of order`];
}

async function storedRows({ address }: RealDbManager, trial: string): Promise<readonly string[]> {
  const client = connect(address);
  const rows = await client.get({ trial_name: trial }).finally(() => client.grpc.close());
  return rows.map(({ metric }) => `${metric?.name}=${metric?.value}`);
}

/** Whether the rows come as they were printed; one may be there more than once. */
function inOrder(rows: readonly string[]): boolean {
  const order = rows.map((each) => Number(each.split('=')[1]));
  return [...new Set(order)].every((each, at, all) => at === 0 || each > all[at - 1]!);
}
