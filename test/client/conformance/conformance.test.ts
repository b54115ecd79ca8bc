import { describe, expect, it } from 'vitest';
import { type ConformanceCase, cases, forLanguage, type Rows } from './case.ts';
import { type ConformingClient, clients } from './clients.ts';
import { type Outcome, type Pushed, runPlain, runPushed } from './run-case.ts';

/**
 * Every client does the same with the same output. A case is a folder: `case.json` and the same program in each language.
 * What every run has to show: the rows, delivered and spilled; the program's own output and exit code, as without the
 * client; times that increase, and are those of the run; calls below the limits; the same bytes in every language.
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
      expectRows(outcome.rows, forLanguage(each.rows, client.language));
      expectSpill(outcome, each);
      expectTimes(outcome);
      expectCalls(outcome);
      expectSameProgram(outcome, await runPlain(client, interpreter, each), each, client);
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

function expectRows(rows: readonly string[], wanted: Rows): void {
  if ('count' in wanted) {
    expect(rows).toHaveLength(wanted.count);
    expect(rows[0]?.slice(0, wanted.first.length)).toBe(wanted.first);
    expect(rows.at(-1)?.slice(0, wanted.last.length)).toBe(wanted.last);
  } else expect(rows).toEqual(wanted);
}

function expectSpill({ spill, followed }: Outcome, each: ConformanceCase): void {
  expectRows(spill?.rows ?? [], each.spilled ?? []);
  expect(spill?.mode).toBe(each.spilled && 0o600);
  expect(followed).toEqual([]);
}

/** All lines of stderr that begin with `katib-push: ` are the client's; the rest is the program's. */
function expectSameProgram(
  pushed: Pushed,
  plain: Outcome,
  each: ConformanceCase,
  { language }: ConformingClient,
): void {
  const lines = pushed.stderr.match(/^katib-push: .*\n/gm) ?? [];
  const said = (each.said ?? []).map((line) =>
    line.replaceAll('{folder}', '/folder').replaceAll('{address}', pushed.address),
  );
  expect(lines.map((line, at) => (matches(line, said[at]) ? said[at] : line))).toEqual(said);
  const code = forLanguage(each.code ?? 0, language);
  expect({
    stdout: pushed.stdout,
    stderr: lines.reduce((text, line) => text.replace(line, ''), pushed.stderr),
    code: pushed.code,
  }).toEqual({ stdout: each.stdout ?? plain.stdout, stderr: each.stderr ?? plain.stderr, code });
  expect(plain.code).toBe(each.plainCode ?? code);
  expect(pushed.took).toBeLessThan(each.seconds ?? 25);
}

function matches(line: string, pattern = ''): boolean {
  const parts = pattern.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^katib-push: ${parts.join('.*')}\n$`).test(line);
}

/** No two times are equal, and none is outside of the run. */
function expectTimes({ times, spill, span }: Pushed): void {
  const spilled = spill?.times.filter((time) => time > '2020') ?? []; // older ones were there before
  const all = [...times, ...spilled];
  expect(new Set(all).size).toBe(all.length);
  for (const time of spilled) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  const [began, ended] = span.map((time) => new Date(time).getTime()) as [number, number];
  for (const time of [all.toSorted()[0], all.toSorted().at(-1)]) {
    if (time === undefined) continue;
    expect(new Date(time).getTime()).toBeGreaterThan(began - 1000);
    expect(new Date(time).getTime()).toBeLessThan(ended + 1000);
  }
}

function expectCalls({ messages }: Pushed): void {
  for (const message of messages) {
    expect(message.length).toBeLessThan(1_010_000);
    expect(message.toString('latin1').split(/\n\x1b\d{4}-/).length - 1).toBeLessThan(1000);
  }
}
