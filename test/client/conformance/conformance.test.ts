import { describe, expect, it } from 'vitest';
import { type ConformanceCase, cases } from './case.ts';
import { type ConformingClient, clients } from './clients.ts';
import { type Outcome, type Pushed, runPlain, runPushed } from './run-case.ts';

/**
 * Every client does the same with the same output. A case is a folder: `case.json` and the same program in each language.
 * What every run has to show: the rows; the program's own output and exit code, as without the client; times that
 * increase; calls below the limits; the same bytes in every language.
 */
describe.concurrent.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
  const runs = new Map<string, Promise<Pushed>>();
  const pushed = (client: ConformingClient, interpreter: string) => {
    const run = runs.get(interpreter) ?? runPushed(client, interpreter, each);
    runs.set(interpreter, run);
    return run;
  };

  for (const client of clients) {
    it.each([...client.interpreters])(`${client.language} %s`, async (_version, interpreter) => {
      const outcome = await pushed(client, interpreter);
      expectRows(outcome.rows, each, client);
      expectCalls(outcome);
      expectSameProgram(outcome, await runPlain(client, interpreter, each), each);
    });
  }

  it('the same bytes from all', async () => {
    const perLanguage = !Array.isArray(each.rows) && !('count' in each.rows);
    const wires = clients.flatMap((client) =>
      [...client.interpreters].map(async ([version, interpreter]) => {
        const { wire } = await pushed(client, interpreter);
        return [`${client.language} ${version}`, wire] as const;
      }),
    );
    const all = await Promise.all(wires);
    for (const [name, wire] of perLanguage ? [] : all) expect(wire, name).toBe(all[0]?.[1]);
  });
});

function expectRows(rows: readonly string[], each: ConformanceCase, { language }: ConformingClient): void {
  const own = each.rows as Readonly<Record<string, ConformanceCase['rows']>>;
  const wanted = (own[language] ?? each.rows) as
    | readonly string[]
    | { count: number; first: string; last: string };
  if ('count' in wanted) {
    expect(rows).toHaveLength(wanted.count);
    expect(rows[0]?.slice(0, wanted.first.length)).toBe(wanted.first);
    expect(rows.at(-1)?.slice(0, wanted.last.length)).toBe(wanted.last);
  } else expect(rows).toEqual(wanted);
}

function expectSameProgram(pushed: Pushed, plain: Outcome, each: ConformanceCase): void {
  const said = pushed.stderr.match(/^katib-push: (.*)\n/m);
  expect(said?.[1]?.slice(0, each.said?.length)).toBe(each.said);
  expect({
    stdout: pushed.stdout,
    stderr: pushed.stderr.replace(said?.[0] ?? '', ''),
    code: pushed.code,
  }).toEqual({
    stdout: each.stdout ?? plain.stdout,
    stderr: each.stderr ?? plain.stderr,
    code: each.code ?? 0,
  });
  expect(plain.code).toBe(each.code ?? 0);
  expect(pushed.took).toBeLessThan(each.seconds ?? 20);
}

function expectCalls({ messages, times, rows }: Pushed): void {
  expect(new Set(times).size).toBe(rows.length);
  for (const message of messages) {
    expect(message.length).toBeLessThan(1_010_000);
    expect(message.toString('latin1').split(/\n\x1b\d{4}-/).length - 1).toBeLessThan(1000);
  }
}
