import { describe, expect, it } from 'vitest';
import { applyEdits } from '../src/apply/apply-edits.ts';
import { liftEdits } from '../src/apply/lift-edits.ts';
import { checkEdits, type Edit, sortEdits } from '../src/edits/edit.ts';
import {
  type Encoding,
  type Layer,
  layerWithin,
  outermostLayer,
  splitLines,
  standInFor,
} from '../src/index.ts';
import { outermostRange } from '../src/layers/outermost-range.ts';

const doubled: Encoding = { name: 'doubled', encode: (text) => text.replaceAll('%', '%%') };
const letters: Encoding = { name: 'letters only', encode: (text) => (/^\w*$/.test(text) ? text : undefined) };

function insertion(at: number, insert: string): Edit {
  return { from: at, to: at, insert, reason: 'test' };
}

/** host: `<a%%b>`; inner: `a%b`. */
function percentLayer(): Layer {
  const host = outermostLayer('<a%%b>', 'arg 0', '/args/0');
  return layerWithin(host)
    .verbatim(1, 2, doubled)
    .escaped(2, 4, '%', doubled)
    .verbatim(4, 5, doubled)
    .build('string');
}

describe('a layer', () => {
  it('holds the decoded text', () => {
    expect(percentLayer().text).toBe('a%b');
  });

  it('joins neighbouring verbatim stretches of one encoding', () => {
    const host = outermostLayer('abcd', 'x', '/x');
    expect(
      layerWithin(host).verbatim(0, 2, doubled).verbatim(2, 4, doubled).build('y').segments,
    ).toHaveLength(1);
    expect(
      layerWithin(host).verbatim(0, 2, doubled).verbatim(2, 4, letters).build('y').segments,
    ).toHaveLength(2);
  });

  it('inherits what is opaque in its host, cut to its own range', () => {
    const outer = outermostLayer('x=${trialParameters.lr};y', 'x', '/x');
    const host = layerWithin(outer)
      .verbatim(0, 2, doubled)
      .opaque(2, 23, doubled)
      .verbatim(23, 25, doubled)
      .build('arg');
    const inner = layerWithin(host).verbatim(1, 24, doubled).build('word');
    expect(inner.text).toBe(`=${'_'.repeat(21)};`);
    expect(inner.opaque).toEqual([{ from: 1, to: 22 }]);
    expect(inner.segments.map((segment) => segment.kind)).toEqual(['verbatim', 'opaque', 'verbatim']);
  });

  it('makes an escape opaque that touches opaque text', () => {
    const host = layerWithin(outermostLayer('$X', 'x', '/x'))
      .opaque(0, 2, doubled)
      .build('arg');
    expect(layerWithin(host).escaped(0, 2, 'q', doubled).build('y').opaque).toEqual([{ from: 0, to: 1 }]);
  });

  it('refuses stretches that go back in the host', () => {
    const builder = layerWithin(outermostLayer('abc', 'x', '/x')).verbatim(1, 3, doubled);
    expect(() => builder.verbatim(0, 1, doubled)).toThrow(RangeError);
  });

  it('hands on why it is read-only', () => {
    const host = layerWithin(outermostLayer('ab', 'x', '/x'))
      .verbatim(0, 2, doubled)
      .build('y', 'sed changes it');
    expect(layerWithin(host).verbatim(0, 2, doubled).build('z').readOnly).toBe('sed changes it');
  });
});

describe('lifting an edit', () => {
  it.each([
    [0, 1, 'X%%'],
    [1, 2, 'X%%'],
    [2, 4, 'X%%'],
    [3, 5, 'X%%'],
  ])('carries an insertion at %i to %i, encoded', (at, host, text) => {
    expect(liftEdits(percentLayer(), [insertion(at, 'X%')])).toEqual({
      edits: [{ ...insertion(host, text) }],
    });
  });

  it('refuses to replace part of an escape', () => {
    expect(liftEdits(percentLayer(), [{ ...insertion(0, 'z'), to: 2 }])).toHaveProperty('problem');
  });

  it('refuses text that the context can not express', () => {
    const layer = layerWithin(outermostLayer('abc', 'x', '/x'))
      .verbatim(0, 3, letters)
      .build('y');
    expect(liftEdits(layer, [insertion(1, 'a b')])).toEqual({
      problem: "the inserted text can't be written there (letters only)",
    });
  });

  it('refuses to touch opaque text, but inserts beside it', () => {
    const layer = layerWithin(outermostLayer('a$Xb', 'x', '/x'))
      .verbatim(0, 1, doubled)
      .opaque(1, 3, doubled)
      .verbatim(3, 4, doubled)
      .build('y');
    expect(liftEdits(layer, [insertion(2, 'z')])).toHaveProperty('problem');
    expect(liftEdits(layer, [insertion(1, 'z'), insertion(3, 'z')])).toEqual({
      edits: [insertion(1, 'z'), insertion(3, 'z')],
    });
  });

  it('finds the outermost range', () => {
    const layer = percentLayer();
    expect(outermostRange(layer, 0, 3)).toEqual({ from: 1, to: 5 });
    expect(outermostRange(layer, 1, 2)).toEqual({ from: 2, to: 4 });
  });
});

describe('applying edits', () => {
  it('splices through two layers and leaves the rest alone', () => {
    const layer = percentLayer();
    const inner = layerWithin(layer).verbatim(0, 3, doubled).build('inner');
    const applied = applyEdits([{ layer: inner, edits: [insertion(3, '%')] }]);
    expect(applied).toMatchObject({
      strings: new Map([['/args/0', '<a%%b%%%%>']]),
      edits: new Map([['/args/0', [insertion(5, '%%%%')]]]),
    });
  });

  it('keeps the order of insertions at one place', () => {
    const applied = applyEdits([{ layer: percentLayer(), edits: [insertion(0, 'x'), insertion(0, 'y')] }]);
    expect(applied).toMatchObject({
      strings: new Map([['/args/0', '<xya%%b>']]),
      edits: new Map([['/args/0', [insertion(1, 'x'), insertion(1, 'y')]]]),
    });
  });

  it('never applies overlapping edits', () => {
    const edits = [
      { ...insertion(0, 'x'), to: 1 },
      { ...insertion(0, 'y'), to: 1 },
    ];
    expect(applyEdits([{ layer: percentLayer(), edits }])).toHaveProperty(
      'problem',
      'two edits overlap at 0',
    );
  });
});

describe('a list of edits', () => {
  it('is sorted stably', () => {
    expect(
      sortEdits([insertion(2, 'a'), insertion(1, 'b'), insertion(1, 'c')]).map((edit) => edit.insert),
    ).toEqual(['b', 'c', 'a']);
  });

  it.each([
    ['outside', 'ab', { ...insertion(1, ''), to: 3 }],
    ['half a surrogate pair', '😀', insertion(1, 'x')],
    ['backwards', 'ab', { ...insertion(1, ''), to: 0 }],
  ])('is refused when an edit lies %s', (_what, text, edit) => {
    expect(checkEdits(text, [edit])).toBeTypeOf('string');
  });
});

describe('a stand-in', () => {
  it.each([
    ['lr = ', '_'],
    ['optim.', '_'],
    ["'", '_'],
    ['1e-', '1'],
    ['x = 0.', '1'],
    ['x = 3', '1'],
    ['a1', '_'],
    ['a.b2.', '_'],
    ['', '_'],
  ])('behind %j is made of %j', (before, character) => {
    expect(standInFor(before, 4)).toBe(character.repeat(4));
  });
});

describe('lines', () => {
  it('end before what ends them, however much of it there is', () => {
    const text = `a\r\n${'\r'.repeat(200_000)}b\r\r\nc`;
    const lines = splitLines(text);
    const shown = [1, 2, 3].map((line) => {
      const { from, to } = lines.rangeOf(line);
      return [from, to - from];
    });
    expect(shown).toEqual([
      [0, 1],
      [3, 200_001],
      [200_007, 1],
    ]);
  });
});
