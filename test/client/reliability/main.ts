import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSection } from '../../write-section.ts';
import { seeded } from './chance.ts';
import { checkOutcome } from './check-outcome.ts';
import { clients } from './clients.ts';
import { faults, LONG, SHORT } from './faults.ts';
import { type Outcome, runFault } from './run-fault.ts';
import { describeOutcome, renderTable } from './table.ts';

/**
 * `pnpm reliability [--short] [--only TEXT] [--language NAME] [--seed N]`: runs the fault matrix, prints each outcome, and
 * writes the table into docs/reliability.md when everything was run in its long form. Exit code 1 if a guarantee failed.
 */
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    language: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
  },
});
const scale = values.short ? SHORT : LONG;
const document = join(import.meta.dirname, '../../../docs/reliability.md');
const outcomes: Outcome[] = [];

for (const [index, fault] of faults.entries()) {
  if (!fault.name.includes(values.only) || (values.short && fault.longOnly)) continue;
  const chosen = clients.filter(({ language }) => language.startsWith(values.language));
  const run = (client: (typeof clients)[number]) =>
    runFault(fault, client, scale, seeded(Number(values.seed) * 1000 + index));
  // most faults are waiting; what computes runs alone
  const alone = fault.plan(scale).kind !== 'blocks';
  const waiting = alone ? [] : await Promise.all(chosen.map(run));
  for (const [i, client] of chosen.entries()) {
    const outcome = waiting[i] ?? (await run(client));
    outcomes.push(outcome);
    console.log(describeOutcome(outcome));
    for (const line of checkOutcome(outcome, scale)) {
      console.log(`  WRONG: ${line}`);
      process.exitCode = 1;
    }
  }
}

if (!values.short && !values.only && !values.language) {
  writeSection(document, 'pnpm reliability', renderTable(outcomes));
  console.log(`the table is in ${document}`);
}
