import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'katib-push';
import { expect, it } from 'vitest';
import { fakeIo } from '../../packages/cli/test/fake-io.ts';
import { type CaseFolder, readCaseFolders } from '../case-folder.ts';

/** One bad input and the answer that is wanted. See fixtures/README.md. */
interface BadCase {
  readonly input: string;
  readonly expect: string;
  readonly exit: number;
  readonly pointer?: string;
  readonly document?: number;
  readonly outcome?: string;
  readonly fill?: { readonly line: string; readonly with?: string; readonly bytes: number };
}

interface Answer {
  readonly experiments: readonly {
    readonly outcome: string;
    readonly diagnostics: readonly {
      readonly code: string;
      readonly pointer?: string;
      readonly hint: string;
    }[];
  }[];
  readonly problems?: readonly { readonly code: string }[];
}

function readInput(one: CaseFolder<BadCase>): Buffer {
  const bytes = readFileSync(join(one.folder, one.input));
  if (!one.fill) return bytes;
  const { line, bytes: wanted } = one.fill;
  const piece = one.fill.with ?? line;
  const text = bytes.toString('utf8').replace(line, () => piece.repeat(Math.ceil(wanted / piece.length)));
  return Buffer.from(text);
}

const cases = readCaseFolders<BadCase>(join(import.meta.dirname, '../../fixtures/bad'));

it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
  const data = readInput(one);
  const files = { [one.input]: data };
  const json = fakeIo({ files });
  const exit = await run(['dry-run', '-o', 'json', '-f', one.input], json.io);
  expect(exit, json.written.stderr).toBe(one.exit);
  const text = fakeIo({ files });
  expect(await run(['dry-run', '-f', one.input], text.io)).toBe(one.exit);
  const told = text.written.stdout + text.written.stderr;
  expect(told).toContain(one.expect);
  expect(told).not.toMatch(/^\s+at .*(?:\.[cm]?[jt]s:|node:)/m);
  if (one.pointer || one.outcome) {
    const answer = JSON.parse(json.written.stdout) as Answer;
    const codes = answer.experiments.flatMap((experiment) => experiment.diagnostics);
    if (one.pointer)
      expect(codes.map(({ code, pointer }) => ({ code, pointer }))).toContainEqual({
        code: one.expect,
        pointer: one.pointer,
      });
    if (one.outcome)
      expect(answer.experiments.map((experiment) => experiment.outcome)).toContain(
        one.outcome === 'partial' ? 'rewritten' : one.outcome,
      );
  }
  if (json.written.stdout.includes('"outcome": "rewritten"')) return;
  if (one.expect === 'not-text') return; // nothing that could be passed on as text
  const rewrite = fakeIo({ files });
  await run(['rewrite', '-f', one.input], rewrite.io);
  expect(rewrite.written.stdout).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(data));
});
