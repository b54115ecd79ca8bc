import { type Layer, outermostOf, splice } from '@katib-push/core';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../../core/src/apply/apply-edits.ts';
import { type Form, forms } from './forms.ts';
import { makeBench } from './run-for-real.ts';
import { argvOf, matches, pythonOf, unwrapArgv } from './unwrap-argv.ts';

const bench = makeBench();
afterAll(() => bench.dispose());

/** Text with all that shells find special, and what the rewrite really inserts. */
const inserted = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'\'"`$\\\n\t (){}[]!#%&;|<>*?~=ax10é😀'), maxLength: 12 }),
  fc.constantFrom(
    '_katib_push(',
    ')',
    "_katib_push=lambda f:f; exec(\"try:exec(__import__('os').environ['K'],{})\\nexcept Exception:pass\")\n",
    'x = "$(date) `id` $HOME \\\\"\n',
    "it's '''$'''",
  ),
);

/**
 * Places of a layer where text may come: ends of stretches, and inside verbatim ones. Not behind the newline at the end:
 * in a heredoc the delimiter follows, and that of `echo` stands nowhere.
 */
function placesOf(layer: Layer): readonly number[] {
  const places = new Set<number>();
  for (const segment of layer.segments) {
    places.add(segment.from);
    if (segment.kind === 'verbatim') for (let at = segment.from; at <= segment.to; at++) places.add(at);
  }
  if (layer.text.endsWith('\n')) places.delete(layer.text.length);
  return [...places].filter((at) => !/[\ud800-\udbff]/.test(layer.text.charAt(at - 1))).sort((a, b) => a - b);
}

/** A layer's text, all stand-ins alike: behind a digit they are digits. */
function blank(layer: Layer): string {
  let { text } = layer;
  for (const { from, to } of layer.opaque)
    text = text.slice(0, from) + '_'.repeat(to - from) + text.slice(to);
  return text;
}

interface Tried {
  readonly argv: readonly string[];
  readonly layer: Layer;
  readonly text: string;
}

/** The argv with texts inserted into one of its programs; absent where a context can't hold them. */
function insertInto(
  argv: readonly string[],
  layer: Layer,
  inserts: readonly (readonly [place: number, text: string])[],
): Tried | undefined {
  const places = placesOf(layer);
  if (places.length === 0) return undefined;
  const chosen = new Map<number, string>();
  for (const [place, text] of inserts) chosen.set(places[place % places.length] as number, text);
  const edits = [...chosen]
    .sort(([a], [b]) => a - b)
    .map(([at, insert]) => ({ from: at, to: at, insert, reason: '' }));
  const applied = applyEdits([{ layer, edits }]);
  if (!('strings' in applied)) return undefined;
  const changed = argv.map((text, i) => applied.strings.get(`/command/${i}`) ?? text);
  return { argv: changed, layer, text: splice(blank(layer), edits) };
}

const inserts = fc.array(fc.tuple(fc.nat(), inserted), { minLength: 1, maxLength: 3 });

/** What a form can't give back, by the nature of its last stretch. */
function trimmed(form: Form, text: string): string {
  if (/read |`|\$\(cat|\$\(</.test(form.script)) return text.replace(/^[ \t\n]+|[ \t\n]+$/g, '');
  return text;
}

describe('text that is inserted comes out as it was meant', () => {
  for (const form of forms) {
    // Nothing can be inserted into nothing, a shebang must stay in front, and a line may come to end the heredoc.
    if (form.readOnly || /empty heredoc|with width|nearly end a heredoc|shebang/.test(form.shows)) continue;
    for (const name of form.shells ?? ['bash', 'dash']) {
      const argv = [name, '-c', form.script, ...(form.args ?? [])];
      test(`${form.shows} (${name})`, () => {
        const programs = pythonOf(unwrapArgv(argv));
        let tried = 0;
        let possible = 0;
        let real = 0;
        fc.assert(
          fc.property(fc.nat(), inserts, (which, texts) => {
            const index = which % programs.length;
            const { layer } = programs[index] as (typeof programs)[number];
            tried++;
            const result = insertInto(argv, layer, texts);
            if (!result) return;
            possible++;
            const again = pythonOf(unwrapArgv(result.argv));
            const found = again.map((program) => blank(program.layer));
            const expected = trimmed(form, result.text);
            const shown = JSON.stringify({ argv: result.argv, found, expected: result.text });
            expect(
              found.some((text) => trimmed(form, text) === expected),
              shown,
            ).toBe(true);
            expect(outermostOf(layer).pointer).toBeDefined();
            if (real++ >= 4) return;
            const texts_ = bench.run(argvOf(result.argv));
            const same = again.find((program) => trimmed(form, blank(program.layer)) === expected);
            expect(
              same && texts_.some((text) => matches(same.layer, text)),
              JSON.stringify({ ...result, texts_ }),
            ).toBe(true);
          }),
          { numRuns: 40, seed: 7, includeErrorInReport: true },
        );
        // Most texts can be written in most contexts.
        expect(possible / tried).toBeGreaterThan(0.3);
      });
    }
  }
});
