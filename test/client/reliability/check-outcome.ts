import { flushOf, type Scale } from './faults.ts';
import type { Outcome } from './run-fault.ts';

/** What is wrong with an outcome, one line each; empty where the guarantees held. */
export function checkOutcome(outcome: Outcome, scale: Scale): readonly string[] {
  const { fault, account, said, stderr, intact, code, plainCode, added, given, language } = outcome;
  const may = fault.may ?? [];
  const wrong: string[] = [];
  const demand = (holds: boolean, text: string) => {
    if (!holds) wrong.push(text);
  };
  demand(intact, 'stdout differs from the program without the client');
  demand(code === plainCode, `ended with ${code} instead of ${plainCode}`);
  demand(account.invented.length === 0, `rows that were never printed: ${account.invented.slice(0, 3)}`);

  const missing = account.missing.length;
  if (may.includes('unseen')) {
    const end = account.printed - missing;
    demand(
      account.missing.every((row, i) => row === `loss=${end + i}`),
      `rows between others are gone`,
    );
    demand(end >= given, `row ${end} is gone; the client had ${given} before its last calls`);
    const counted = Number(/^katib-push: (\d+) observations are not pushed/m.exec(stderr)?.[1] ?? 0);
    demand(
      language !== 'shim' || fault.end !== 'SIGTERM' || counted >= missing,
      `${counted} rows are counted, ${missing} gone`,
    );
    return wrong;
  }
  demand(may.includes('spilled') || account.spilled === 0, `${account.spilled} rows are in the spill file`);
  demand(may.includes('lost') || missing === 0, `${missing} rows are gone: ${account.missing.slice(0, 3)}…`);
  demand(
    !may.length || fault.plan(scale).kind !== 'blocks' || account.spilled + missing > 0,
    'nothing was withheld',
  );
  demand(
    (said?.spilled ?? 0) === account.spilled,
    `it says ${said?.spilled ?? 0} spilled; the file has ${account.spilled}`,
  );
  demand((said?.lost ?? 0) === missing, `it says ${said?.lost ?? 0} lost; ${missing} are gone`);
  demand(
    (said?.count ?? 0) === (said?.spilled ?? 0) + (said?.lost ?? 0),
    `its numbers do not add up: ${stderr}`,
  );
  demand(stderr.split('\n').length === (said ? 2 : 1), `more on stderr than its one line:\n${stderr}`);
  // the prints themselves cost something, too: performance.md says how much
  const limit = (flushOf(fault, scale) ?? 30) + 20 + account.printed * 1e-4;
  demand(added < limit, `the program took ${added.toFixed(1)} s longer; the limit is ${limit} s`);
  return wrong;
}
