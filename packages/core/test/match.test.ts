import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import {
  compileFilters,
  defaultFilter,
  type Filters,
  readLine,
  type Template,
  type TemplatePart,
} from '../src/index.ts';
import { matchTemplate } from '../src/match/match-template.ts';

function filtersFor(metrics: readonly string[], formats?: readonly string[]): Filters {
  const { filters } = compileFilters(metrics, formats);
  if (!filters) throw new Error('these filters should compile');
  return filters;
}

/** `t('loss=', { l: 'number' })`: strings are literals, objects holes with their type. */
function t(
  ...parts: readonly (string | Record<string, Extract<TemplatePart, { kind: 'hole' }>['type']>)[]
): Template {
  return {
    parts: parts.map((part) => {
      if (typeof part === 'string') return { kind: 'literal', text: part };
      const [expression = '', type = 'unknown'] = Object.entries(part)[0] ?? [];
      return { kind: 'hole', expression, type };
    }),
  };
}

const filters = filtersFor(['accuracy', 'loss', 'val_loss']);

describe('a template that names a metric', () => {
  it.each([
    ['f-string', t('accuracy=', { acc: 'unknown' }), [{ name: 'accuracy', value: 'acc' }]],
    ['spaces around', t('loss = ', { l: 'number' }), [{ name: 'loss', value: 'l' }]],
    [
      'two',
      t('loss=', { l: 'number' }, ' accuracy=', { a: 'number' }),
      [
        { name: 'loss', value: 'l' },
        { name: 'accuracy', value: 'a' },
      ],
    ],
    [
      'words before',
      t('epoch ', { e: 'integer' }, ': loss=', { l: 'unknown' }),
      [{ name: 'loss', value: 'l' }],
    ],
    ['percent', t('accuracy=', { a: 'percent' }), [{ name: 'accuracy', value: 'a' }]],
    ['constant', t('accuracy=0.9'), [{ name: 'accuracy', value: '0.9' }]],
    ['second line', t('x\nloss=', { l: 'number' }), [{ name: 'loss', value: 'l' }]],
    ['no value yet', t('accuracy='), [{ name: 'accuracy' }]],
    ['value in two holes', t('loss=', { a: 'integer' }, '.', { b: 'integer' }), [{ name: 'loss' }]],
    ['not a number', t('loss=', { l: 'boolean' }), [{ name: 'loss', value: 'l' }]],
  ])('%s', (_what, template, metrics) => {
    expect(matchTemplate(template, filters).metrics).toEqual(metrics);
  });

  it.each([
    ['another name', t('val_accuracy=', { a: 'number' })],
    ['no filter finds it', t('accuracy: ', { a: 'number' })],
    ['only part of a name', t('my-accuracy=', { a: 'number' })],
  ])('does not when it is %s', (_what, template) => {
    expect(matchTemplate(template, filters).metrics).toEqual([]);
  });

  it('says which names stand there unfound', () => {
    expect(matchTemplate(t('accuracy: ', { a: 'number' }), filters).unmatched).toEqual(['accuracy']);
  });
});

describe('a template that is open', () => {
  it.each([
    ['name', t({ k: 'unknown' }, '=', { v: 'unknown' }), ['accuracy', 'loss', 'val_loss']],
    ['name', t({ split: 'string' }, '_loss=', { v: 'number' }), ['val_loss']],
    ['name', t('val_', { k: 'string' }, '=', { v: 'number' }), ['val_loss']],
    ['name', t('accuracy'), ['accuracy']],
    ['text', t({ message: 'unknown' }), []],
    ['text', t('[', { message: 'string' }, ']'), []],
    ['part', t('step ', { i: 'unknown' }), []],
  ])('by %s', (open, template, names) => {
    const match = matchTemplate(template, filters);
    expect(match.open).toBe(open);
    expect(match.names).toEqual(names);
  });

  it.each([
    ['numbers only', t('epoch ', { e: 'integer' })],
    ['no holes', t('done')],
  ])('is not when it has %s', (_what, template) => {
    expect(matchTemplate(template, filters).open).toBeUndefined();
  });
});

describe('filters', () => {
  it('are the default where there are none', () => {
    expect(filters.portable).toBeNull();
  });

  it.each([[['']], [[]]])('are the default where they are %j', (formats) => {
    expect(filtersFor(['loss'], formats).portable).toBeNull();
  });

  it('find nothing where one of several is empty', () => {
    const { filters: some, diagnostics } = compileFilters(['loss'], ['', '(\\w+): (\\d+)']);
    expect(some?.portable).toHaveLength(1);
    expect(diagnostics.map((one) => one.code)).toEqual(['filter-needs-two-groups']);
  });

  it('may have two groups with one name, as Go takes them', () => {
    const same = filtersFor(['loss'], ['(?P<m>[a-z]+)=(?P<m>[0-9.]+)']);
    expect(readLine('loss=0.5', same).map(({ value }) => value)).toEqual(['0.5']);
    expect(compileFilters(['loss'], ['(?P<m>a)=(?P<m>b)(']).filters).toBeUndefined();
    expect(compileFilters(['loss'], ['(?P<m>a)=(?P<m>b)(?P<a-b>c)']).filters).toBeUndefined();
  });

  it('understand RE2', () => {
    const own = filtersFor(['Acc'], ['(?i)([a-z]+)[[:space:]]*:[[:space:]]*([0-9.]+)']);
    expect(readLine('ACC: 1 Acc: 0.5', own).map(({ value }) => value)).toEqual(['0.5']);
  });

  it('are reported where the collector would crash', () => {
    expect(compileFilters(['a'], ['(']).diagnostics.map((one) => one.code)).toEqual(['invalid-filter']);
    expect(compileFilters(['a'], ['(']).filters).toBeUndefined();
  });

  it('are split at semicolons, as Katib splits them', () => {
    const { filters: split, diagnostics } = compileFilters(['a'], ['(a)=(1);(a):(2)']);
    expect(split?.expressions).toHaveLength(2);
    expect(diagnostics.map((one) => one.code)).toEqual(['filter-holds-semicolon']);
  });

  it('find nothing with fewer than two groups', () => {
    const { filters: none, diagnostics } = compileFilters(['a'], ['a=(1)']);
    expect(none?.expressions).toEqual([]);
    expect(diagnostics.map((one) => one.code)).toEqual(['filter-needs-two-groups']);
  });

  it('read a line as the collector does', () => {
    expect(
      readLine('loss=nan val_loss=0.25 accuracy = 91.2%', filters).map(
        ({ name, value }) => `${name}:${value}`,
      ),
    ).toEqual(['loss:', 'val_loss:0.25', 'accuracy:91.2']);
    expect(readLine('epoch=1', filters)).toEqual([]);
  });

  it('trim as Go does', () => {
    const [match] = readLine('loss=\u00850.5\u2028, loss=\ufeff1', filtersFor(['loss'], ['(loss)=([^,]*)']));
    expect(match?.value).toBe('0.5');
    const marked = readLine('loss=\ufeff1', filtersFor(['loss'], ['(loss)=(.*)']));
    expect(marked[0]?.value).toBe('\ufeff1');
  });

  it('read any line by the default filter as RE2 does', () => {
    const filter = RE2JS.compile(defaultFilter);
    const piece = fc.constantFrom(
      ...['a', 'loss', 'val_loss', '|', '-', '_', '+', '.', '5', '12', 'e', 'E', 'é', '😀', 'ſ', '\u00a0'],
      ...['=', '=', '=', ' ', '\t', '\v', '\f', '\r', ',', ':'],
    );
    const lines = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
    const names = ['a', 'loss', 'val_loss', '-', 'e', '5', 'a-5', 'é'];
    fc.assert(
      fc.property(lines, (line) => {
        const all = [...filter.matchAll(line)].map(({ index = 0, 0: text, 1: name = '', 2: value = '' }) => {
          const to = index + text.length;
          return {
            name,
            value,
            nameFrom: index,
            nameTo: index + name.length,
            valueFrom: to - value.length,
            valueTo: to,
          };
        });
        const wanted = filtersFor(names);
        expect(readLine(line, wanted)).toEqual(all.filter(({ name }) => names.includes(name)));
      }),
      { numRuns: 5000 },
    );
  });

  it('read a long line without a value in linear time', () => {
    const words = 'loss'.repeat(100_000);
    expect(readLine(`${words} ${words}=1`, filters)).toEqual([]);
  });
});
