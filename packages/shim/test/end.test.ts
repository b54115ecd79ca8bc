import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shimSource } from '../src/source.ts';
import { python } from './interpreters.ts';
import { everything } from './run-shim.ts';

const source = shimSource(everything);

/** Runs a script of `model/` with the shim's source on its stdin. */
function check(script: string, text: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    python,
    [join(import.meta.dirname, 'model', script), ...args],
    {
      input: text,
      encoding: 'utf8',
    },
  );
  return { status, said: `${stdout}${stderr}`.trim() };
}

/** Runs all schedules; what it prints is their number, or what is wrong with the first one in which something is. */
const checkEnd = (text: string, ...scenarios: readonly string[]) => check('check_end.py', text, ...scenarios);

describe('the end of the shim', () => {
  it('is right in every order of events', () => {
    const { status, said } = checkEnd(source);
    expect({ status, said }).toEqual({ status: 0, said: expect.stringMatching(/^\d+$/) });
    expect(Number(said)).toBeGreaterThan(2000);
  });

  /** What goes wrong where a part of it is missing: that the model sees it. */
  it.each([
    ['signals that end it', 'self.pid and not self.working', 'self.pid', /not ours/],
    [
      'a process that holds the pipes for ever',
      'LINGER_SECONDS = 0.5',
      'LINGER_SECONDS = 5',
      /end of the output/,
    ],
    ['a slow reader', 'self.empty(source)', 'self.close(source)', /ends early/],
    ['SIGTERM', 'self.abandoned = self.to.ended = True', 'pass', /behind a SIGTERM|lines were found/],
    ['SIGTERM', 'KILLED + os.WTERMSIG', 'os.WTERMSIG', /exit code/],
    ['the same, and SIGTERM', 'self.dropped += len(rows)', 'pass', /lines were found/],
    ['a failure with torn lines', 'lines.close()', 'pass', /lines were found/],
    [
      'one that ends at once',
      'self.waiting and self.pid and',
      'self.waiting and',
      /waits for ever|zombie|not ours/,
    ],
    ['a success', 'self.patience -= clock() - start', 'pass', /AssertionError/],
    ['a server that takes nothing', 'limit = start + first', 'limit = start + 2 * first', /for the server/],
  ])('%s: goes wrong without "%s"', (scenario, part, instead, wrong) => {
    expect(source).toContain(part);
    const { status, said } = checkEnd(source.replaceAll(part, instead), scenario);
    expect(said).toMatch(wrong);
    expect(status).toBe(1);
  });

  it('holds rows without another thread, and leaves each where it has to be', () => {
    expect(check('check_held.py', source)).toEqual({ status: 0, said: '(0, 0) 25000 True 25000 0 25000' });
  });
});
