import { type Edit, type Range, sortEdits, splice } from '@katib-push/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { reparse, reparseUnits } from '../src/reparse/reparse.ts';
import { type Parsed, parseText } from '../src/syntax/parse-text.ts';
import { createScript } from '../src/syntax/script.ts';
import type { Syntax } from '../src/syntax/syntax.ts';
import { editsOf, withDocument } from './javascript.ts';
import { REWRITES } from './rewrites.ts';

const PROGRAMS = [
  'async function f(xs) { for await (const x of xs) console.log(await x) }',
  'const f = async () => { await g(); return console.log(`a=${await h()}`) }',
  'function* f() { const got = yield 1; console.log(got, yield* g()) }',
  'class A extends B { #a = 1; show() { super.show(); console.log(this.#a, new.target) } }',
  'class A { static { console.log(1) } static { if (a) { console.log(await_ => 1) } } log = console.log }',
  'a: for (const x of xs) { if (x) { console.log(x); continue a } else { console.log(1); break } }',
  'switch (a) { case 1: console.log(1); break; default: console.log(2) }',
  lines`
    x = 1
    console.log(x)
    let
    y = 2
    console.log(y)
  `,
  'xs.forEach(console.log)\nys.forEach(console.log)',
  'this.log = console.log\n(1, 2)',
  'if (a) console.log(1)\nelse console.log(2)',
  '"use strict"\nconsole.log(1) // one\n/* two */ console.log(/* three */ 2)',
  '#!/usr/bin/env node\n// c\nconsole.log(1)',
  'import fs from "fs"\nimport { log } from "console"\nlog(fs); console.log(await 1)',
  'export const log = console.log\nexport default () => { console.log(1) }',
  'const o = { log, f() { with_(console.log(1)) } }; const { log } = console; run({ log })',
  'with (a) { console.log(1) }\nvar await = 1; console.log(await)',
  'enum E { A }\nnamespace N { console.log(1 as number) }\nfunction f(x: number): void { console.log(x!) }',
  'const a = <p onClick={() => { console.log(1) }}>{console.log}</p>',
  'console.log(1) // katib-push: ignore it\n;[1].map(console.log)',
];

/** Every rewrite that the tests know, and programs in which the context counts. */
const texts = [...Object.values(REWRITES).flatMap((cases) => cases.map(({ before }) => before)), ...PROGRAMS];

/** The whole rewrite of a text, and the tree before it; `undefined` where there is nothing to insert. */
function rewriteOf(text: string) {
  const edits = withDocument(text, (document) => sortEdits(document.problem ? [] : editsOf(document, 'env')));
  const parsed = parseText(text);
  if (edits.length === 0 || !('program' in parsed)) return undefined;
  return { tree: createScript(text, parsed, []), edits, after: splice(text, edits) };
}

/** Every node with its place, its role and its words. */
function show(node: Syntax, depth = 0): string {
  const words = ['name', 'value', 'operator', 'kind'].map((field) => node.word(field)).join(' ');
  const own = `${' '.repeat(depth)}${node.role} ${node.type} ${node.from}-${node.to} ${words}`;
  return [own, ...node.children.map((child) => show(child, depth + 1))].join('\n');
}

describe('a text parsed again after insertions', () => {
  it.each(texts)('has the tree of the whole text: %s', (text) => {
    const rewrite = rewriteOf(text);
    if (!rewrite) return;
    const { tree, edits, after } = rewrite;
    const whole = parseText(after, tree.parsed) as Parsed;
    const again = reparse(tree, after, edits);
    if (!('program' in again.parsed)) throw new Error(again.parsed.message);
    expect(show(createScript(after, again.parsed, []).root)).toBe(show(createScript(after, whole, []).root));
    expect(again.parsed.comments).toEqual(whole.comments);
    expect(again.unproven).toBeUndefined();
    expect(outside(again.changed, edits)).toEqual([]);
  });

  it('is parsed in pieces, all but where a piece ends in what is inserted', () => {
    const whole = texts.filter((text) => {
      const rewrite = rewriteOf(text);
      return rewrite && !reparseUnits(rewrite.tree, rewrite.after, rewrite.edits);
    });
    expect(whole).toMatchInlineSnapshot(`
      [
        "(console).log(x); (console.log)(x)",
        "console?.log?.(x); console.log?.(x)",
        "const f = (x, y = console.log(1)) => console.log(x); class A { z = console.log(2); static { console.log(3) } }",
        "console.log\`a=\${b}\`; const { log } = console; log\`a=1\`",
        "xs.forEach(console.log); p.then(console.log, console.error)",
        "this.out = console.log; const o = { log: console.log }",
        "console.log.apply(console, xs); f(console.log.bind(console))",
        "export const log = console.log; export default console.log",
        "const log = quiet ? noop : console.log; x = y || console.log",
        "const winston = require("winston");
      const w = winston.createLogger({});
      w.info(x); winston.info(x)",
        "this.logger?.info(x); a?.logger?.info(x)",
        "import fs from "fs"
      import { log } from "console"
      log(fs); console.log(await 1)",
        "export const log = console.log
      export default () => { console.log(1) }",
      ]
    `);
  });

  it('shows what a wrong edit does to the tree', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts.filter((text) => rewriteOf(text))),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('move', 'drop', 'operator'),
        (text, which, place, how) => {
          const { tree, edits } = rewriteOf(text) as NonNullable<ReturnType<typeof rewriteOf>>;
          const index = which % edits.length;
          const wrong = sortEdits(
            edits.flatMap((edit, at) => (at === index ? spoil(edit, text, place, how) : [edit])),
          );
          const after = splice(text, wrong);
          const whole = parseText(after, tree.parsed);
          const { parsed, unproven } = reparse(tree, after, wrong);
          expect('program' in parsed).toBe('program' in whole);
          if ('program' in parsed && 'program' in whole)
            expect(show(createScript(after, parsed, []).root)).toBe(
              show(createScript(after, whole, []).root),
            );
          // what an operator makes of what stands behind it is seen
          if ('program' in parsed && how === 'operator')
            expect(unproven).toMatch(/differ where nothing is inserted/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function spoil(edit: Edit, text: string, place: number, how: string): readonly Edit[] {
  const at = place % (text.length + 1);
  if (how === 'move') return [{ ...edit, from: at, to: at }];
  return how === 'drop' ? [] : [{ ...edit, insert: `${edit.insert}+` }];
}

/** The changed ranges that lie in no stretch of the new text from the first edit of one purpose to the last. */
function outside(changed: readonly Range[], edits: readonly Edit[]): readonly Range[] {
  let shift = 0;
  const inserted = edits.map(({ from, insert, reason }) => {
    const range = { reason, from: from + shift, to: from + shift + insert.length };
    shift += insert.length;
    return range;
  });
  const stretches = inserted.map(({ from, reason }) => ({
    from,
    to: Math.max(...inserted.filter((one) => one.reason === reason).map(({ to }) => to)),
  }));
  return changed.filter((range) => !stretches.some((one) => one.from <= range.from && range.to <= one.to));
}
