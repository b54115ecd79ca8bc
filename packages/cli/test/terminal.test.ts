import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHunks } from '../src/preview/hunks.ts';
import { showDiff } from '../src/preview/show-diff.ts';
import { chooseColours } from '../src/terminal/colours.ts';
import { neutralise } from '../src/terminal/neutralise.ts';
import { layTable } from '../src/terminal/table.ts';
import { pad, shorten, widthOf, wrap } from '../src/terminal/width.ts';
import { formatNumber, plotMetric } from '../src/trial/plot-metric.ts';

describe('neutralise', () => {
  it('shows controls instead of obeying them', () => {
    expect(neutralise('\x1b[31mred\x07\r\n\x9b1m\x7f')).toBe('␛[31mred␇␍␊<009B>1m␡');
    expect(neutralise('a\u202eb\u200b\ud800c')).toBe('a<202E>b<200B><D800>c');
    expect(neutralise('a\tb 🎉 é 日本')).toBe('a    b 🎉 é 日本');
  });
});

describe('width', () => {
  it('counts columns, not characters', () => {
    expect(['abc', '日本', '🎉', 'e\u0301', '👩‍👩‍👧', '\x1b[31mx\x1b[39m'].map(widthOf)).toEqual([
      3, 4, 2, 1, 2, 1,
    ]);
    expect(shorten('日本語', 5)).toBe('日本…');
    expect(shorten('日本語', 6)).toBe('日本語');
    expect(pad('日', 4)).toBe('日  ');
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('never exceeds the width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 2, max: 30 }),
        (text, width) => {
          expect(widthOf(shorten(neutralise(text), width))).toBeLessThanOrEqual(width);
          for (const line of wrap(neutralise(text), width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('layTable', () => {
  it('fits the terminal and wraps its last column', () => {
    const columns = [{ title: 'n', align: 'right' }, { title: 'name', limit: 6 }, { title: 'why' }] as const;
    const rows = [
      [
        { text: '1' },
        { text: 'accuracy' },
        { text: 'a sentence that is longer than what is left of the line' },
      ],
      [{ text: '12' }, { text: '日本語' }, { text: '' }],
    ];
    expect(layTable(columns, rows, 40)).toEqual([
      ' n  name    why',
      ' 1  accur…  a sentence that is longer',
      '            than what is left of the',
      '            line',
      '12  日本語',
    ]);
  });
});

describe('diff', () => {
  const style = { colours: chooseColours('never', false, {}) };

  it('is a unified diff', () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`);
    const after = before.with(4, 'changed').toSpliced(15, 0, 'added');
    expect(showDiff(before.join('\n'), after.join('\n'), style)).toEqual([
      '@@ -2,7 +2,7 @@',
      ...[' line 2', ' line 3', ' line 4', '-line 5', '+changed', ' line 6', ' line 7', ' line 8'],
      '@@ -13,6 +13,7 @@',
      ...[' line 13', ' line 14', ' line 15', '+added', ' line 16', ' line 17', ' line 18'],
    ]);
    // what is near the next change belongs to one hunk with it, at the end of the text, too
    expect(showDiff('a\nb\n', 'x\nb\nc\n', style)).toEqual(['@@ -1,2 +1,3 @@', '-a', '+x', ' b', '+c']);
    // no line is moved where each has its place
    expect(showDiff('a\n\n\nb\n', 'a\nx\n\nb\n', style)).toEqual([
      '@@ -1,4 +1,4 @@',
      ...[' a', '-', '+x', '', ' b'],
    ]);
    expect(showDiff('a\n', 'a\n', style)).toEqual([]);
    expect(showDiff('', 'a\n', style)).toEqual(['@@ -0,0 +1 @@', '+a']);
  });

  it('leads from the one text to the other', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const [before, after] = [a, b].map((each) => each.map((line) => `${line}\n`).join('')) as [
          string,
          string,
        ];
        const result: string[] = [...a];
        const hunks = findHunks(before, after);
        for (const [i, { from }] of hunks.slice(1).entries())
          expect(from).toBeGreaterThanOrEqual((hunks[i]?.from ?? 0) + (hunks[i]?.count ?? 0));
        for (const hunk of hunks.toReversed()) {
          const own = hunk.lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text);
          const old = hunk.lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text);
          const from = hunk.count === 0 ? hunk.from : hunk.from - 1;
          expect(result.slice(from, from + hunk.count)).toEqual(old);
          result.splice(from, hunk.count, ...own);
        }
        expect(result).toEqual(b);
      }),
    );
  });

  it('shortens long lines and long runs', () => {
    const long = showDiff('', `x${'y'.repeat(1000)}z\n`, { ...style, lineLimit: 50 });
    expect(long[1]).toMatch(/^\+xy+ … 957 characters … y+z$/);
    const run = showDiff('', 'a\n'.repeat(100), { ...style, runLimit: 8 });
    expect(run).toHaveLength(1 + 4 + 1 + 2);
    expect(run).toContain('+… 94 more lines …');
  });
});

describe('plotMetric', () => {
  it('draws bars for few values, a chart for more', () => {
    expect(plotMetric([3, 2, 1], 80)).toEqual(['█▅▁  3.000 → 1.000']);
    expect(plotMetric([Number.NaN, Number.POSITIVE_INFINITY], 80)).toEqual([]);
    expect(plotMetric([1, 1, 1, 1, 1, 1, 1], 80)).toHaveLength(1);
    const chart = plotMetric(
      Array.from({ length: 5000 }, (_, i) => 1 / (1 + i)),
      60,
    );
    expect(chart.length).toBeGreaterThan(6);
    for (const line of chart) expect(widthOf(line)).toBeLessThanOrEqual(60);
  });

  it('names numbers shortly', () => {
    expect([0, 0.1234567, 12345.678, 1e9, 1e-9, -2].map((value) => formatNumber(value))).toEqual([
      '0',
      '0.1235',
      '12346',
      '1.00e+9',
      '1.00e-9',
      '-2.000',
    ]);
  });
});
