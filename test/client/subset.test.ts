import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { joinParts } from '@katib-push/python';
import { afterAll, describe, expect, it } from 'vitest';
import { startRecorder } from './conformance/recorder.ts';
import { allInterpreters } from './python.ts';

/** Parts of use beside the source way, which run on Python 2.7 and 3.4 as well; the shim has its own way to TLS. */
const PARTS = joinParts(['filters', 'custom_filters', 'manager', 'sender', 'spill'], { leftOut: ['tls'] });

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'katib-push-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads lines with the default filter and one of the user's, and delivers what it finds. */
const PROGRAM = `# coding: utf-8
import os, re, sys
address, spill = sys.argv[1:]
sender = Sender(Manager(u"trial", address, None), Spill(spill, u"trial-\\u00e9"), False)
names = [u"loss", u"acc", u"gr\\u00f6\\u00dfe"]
default = default_filter(names, sender.mend)
custom = custom_filters(names, [u"([^ :]+): ([0-9.]+)"], sender.mend, re.compile)
sender.read = lambda text: default(text) + custom(text)
for text in [u"step 1: loss=0.5, acc=1e-3\\u2003", u"loss=tensor(0.25, device='cuda:0') loss=nan", u"gr\\u00f6\\u00dfe: 7",
             u"x-loss=1 grad=2 loss =\\t3", u"nothing", u"loss=" + u"9" * 100]:
    sender.lines.append((now(), text))
    sender.ring()
print(sender.finish(5))
sys.stdout.flush()
os._exit(0)
`;
const ROWS = ['loss=0.5', 'acc=1e-3', 'loss=0.25', 'größe=7', 'loss=3', `loss=${'9'.repeat(100)}`];

async function runParts(python: string, address: string) {
  const program = join(folder, 'program.py');
  writeFileSync(program, `# coding: utf-8\n${PARTS}\n${PROGRAM}`);
  const spill = join(folder, 'spill.jsonl');
  rmSync(spill, { force: true });
  const { stdout, stderr } = await run(python, ['-EsS', program, address, spill]);
  return { stdout, stderr, spill };
}

describe.each([...allInterpreters()])('parts that are shared, on Python %s', (_, python) => {
  it('deliver rows', async () => {
    const recorder = await startRecorder({});
    try {
      const { stdout, stderr } = await runParts(python, recorder.address);
      expect(stderr).toBe('katib-push: 1 values are not pushed: no finite numbers (first: loss=nan)\n');
      expect(stdout).toBe('0\n');
      const rows = recorder.manager.observations('trial');
      expect(rows.map(({ name, value }) => `${name}=${value}`)).toEqual(ROWS);
    } finally {
      await recorder.close();
    }
  });

  it('leave in the spill file what nobody takes', async () => {
    const recorder = await startRecorder({ answersThen: 7 });
    try {
      const { stdout, stderr, spill } = await runParts(python, recorder.address);
      expect(stdout).toBe(`${ROWS.length}\n`);
      expect(stderr).toContain(
        `${ROWS.length} observations did not reach ${recorder.address} (grpc-status 7`,
      );
      const lines = readFileSync(spill, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines.map(({ metric }) => `${metric.name}=${metric.value}`)).toEqual(ROWS);
      expect(lines[0].trial_name).toBe('trial-é');
    } finally {
      await recorder.close();
    }
  });
});
