import { afterAll, describe, expect, test } from 'vitest';
import { forms } from './forms.ts';
import { makeBench } from './run-for-real.ts';
import { argvOf, matches, pythonOf, unwrapArgv } from './unwrap-argv.ts';

const bench = makeBench();
afterAll(() => bench.dispose());

/** What we say is run, against what real shells hand to the interpreter. */
describe('programs are those that a real shell runs', () => {
  for (const form of forms)
    for (const name of form.shells ?? ['bash', 'dash'])
      test(`${form.shows} (${name})`, () => {
        const argv = [name, '-c', form.script, ...(form.args ?? [])];
        const programs = pythonOf(unwrapArgv(argv));
        const texts = bench.run(argvOf(argv));
        const found = programs.map(({ layer }) => layer.text);
        expect(programs.length, JSON.stringify({ found, texts })).toBe(form.programs ?? 1);
        for (const text of texts)
          expect(
            programs.some(({ layer }) => matches(layer, text)),
            JSON.stringify({ found, texts }),
          ).toBe(true);
        for (const { layer } of programs) {
          expect(
            texts.some((text) => matches(layer, text)),
            JSON.stringify({ found, texts }),
          ).toBe(true);
          expect(layer.readOnly !== undefined, layer.readOnly).toBe(form.readOnly ?? false);
        }
      });
});

test('there are enough forms', () => {
  expect(forms.length).toBeGreaterThanOrEqual(60);
});
