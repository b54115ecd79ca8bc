import { describe, expect, it } from 'vitest';
import { seeded } from './chance.ts';
import { checkOutcome } from './check-outcome.ts';
import { clients } from './clients.ts';
import { faults, LONG, SHORT } from './faults.ts';
import { runFault } from './run-fault.ts';

const soak = process.env.KATIB_PUSH_SOAK === '1';
const scale = soak ? LONG : SHORT;

describe.concurrent.each(clients.map((client) => [client.language, client] as const))('%s', (_, client) => {
  for (const [seed, fault] of faults.entries()) {
    if (fault.longOnly && !soak) continue;
    it(fault.name, async () => {
      const outcome = await runFault(fault, client, scale, seeded(seed));
      expect(checkOutcome(outcome, scale)).toEqual([]);
    });
  }
});
