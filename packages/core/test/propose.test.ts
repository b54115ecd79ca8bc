import { expect, test } from 'vitest';
import { adviseOnLines, compileFilters, type Filters, proposeFormats, type Template } from '../src/index.ts';

const NUMBER = String.raw`([+-]?(\d+(\.\d+)?|\.\d+)([Ee][+-]?\d+)?)`;

function filtersFor(metrics: readonly string[], formats?: readonly string[]): Filters {
  const { filters } = compileFilters(metrics, formats);
  if (!filters) throw new Error('no filters');
  return filters;
}

/** `loss: {l:number}` as a template. */
function template(text: string): Template {
  const parts = text.split(/(\{\w+:\w+\})/).filter((part) => part !== '');
  return {
    parts: parts.map((part) => {
      const [, expression = '', type = ''] = /^\{(\w+):(\w+)\}$/.exec(part) ?? [];
      return expression === ''
        ? { kind: 'literal', text: part }
        : { kind: 'hole', expression, type: type as 'number' };
    }),
  };
}

test('proposes nothing for what is read', () => {
  expect(proposeFormats([template('loss={l:number}\n')], filtersFor(['loss']))).toEqual({ unread: [] });
});

test('proposes one format that scripts share, and says which rows it gives', () => {
  const { proposal } = proposeFormats(
    [template('epoch {e:integer}: loss: {l:number}\n')],
    filtersFor(['loss']),
  );
  expect(proposal).toEqual({
    formats: [String.raw`([\w|-]+)\s*:\s*${NUMBER}`],
    renames: [],
    rows: [{ name: 'loss', value: 'l', source: 0 }],
  });
});

test('keeps what is read today', () => {
  const templates = [template('accuracy={a:number}\n'), template('loss {l:number}\n')];
  const { proposal } = proposeFormats(templates, filtersFor(['accuracy', 'loss']));
  const { filters } = compileFilters(['accuracy', 'loss'], proposal?.formats);
  expect(filters).toBeDefined();
  expect(proposal?.formats).toHaveLength(2);
});

test('keeps the formats that are given, and adds to them', () => {
  const given = String.raw`(acc)~(\d\.\d+)`;
  const templates = [template('acc~{a:number}\n'), template('loss: {l:number}\n')];
  const { proposal } = proposeFormats(templates, filtersFor(['acc', 'loss'], [given]));
  expect(proposal?.formats?.[0]).toBe(given);
  expect(proposal?.formats).toHaveLength(2);
});

test('replaces a format that reads nothing', () => {
  const { proposal } = proposeFormats(
    [template('loss: {l:number}\n')],
    filtersFor(['loss'], [String.raw`(\w+)~(\d+)`]),
  );
  expect(proposal?.formats).toHaveLength(1);
});

test('takes doubled backslashes back', () => {
  const { proposal } = proposeFormats(
    [template('loss: {l:number}\n')],
    filtersFor(['loss'], [String.raw`(\\w+)\\s*:\\s*([\\d.+-]+(e[+-]?\\d+)?)`]),
  );
  expect(proposal?.formats).toEqual([String.raw`(\w+)\s*:\s*([\d.+-]+(e[+-]?\d+)?)`]);
});

test('calls a metric as it is printed where only case differs, without a format', () => {
  const { proposal } = proposeFormats([template('Loss={l:number}\n')], filtersFor(['loss']));
  expect(proposal).toEqual({
    renames: [{ wanted: 'loss', printed: 'Loss' }],
    rows: [{ name: 'Loss', value: 'l', source: 0 }],
  });
});

test('builds a format from the own text where a general one reads something else as well', () => {
  const templates = [template('loss: {l:number}\n'), template('val loss: {v:number}\n')];
  const { proposal } = proposeFormats(templates, filtersFor(['loss']));
  expect(proposal?.rows).toEqual([{ name: 'loss', value: 'l', source: 0 }]);
  expect(proposal?.formats).toEqual([String.raw`^(loss):\s*${NUMBER}`]);
});

test('says what each of several values can be had by', () => {
  const templates = [template('train loss: {t:number}, val loss: {v:number}\n')];
  const { proposal, unread } = proposeFormats(templates, filtersFor(['loss']));
  expect(proposal).toBeUndefined();
  expect(unread).toMatchObject([{ name: 'loss', why: 'ambiguous' }]);
  expect(unread[0]?.choices.map(({ renames, rows }) => [renames[0]?.printed, rows[0]?.value])).toEqual([
    ['train loss', 't'],
    ['val loss', 'v'],
  ]);
});

test('escapes what Katib would take apart', () => {
  const { proposal } = proposeFormats([template('a;loss; {l:number}\n')], filtersFor(['loss']));
  for (const format of proposal?.formats ?? ['']) expect(format).not.toContain(';');
});

test('reads lines that were printed', () => {
  const lines = ['start', 'Epoch 1/3 - loss: 0.51', 'Epoch 2/3 - loss: 0.49', 'done'];
  const advice = adviseOnLines(lines, filtersFor(['loss']));
  expect(advice.naming).toBe(2);
  expect(advice.proposal?.formats).toEqual([String.raw`([\w|-]+)\s*:\s*${NUMBER}`]);
  expect(advice.lines).toEqual(['Epoch 1/3 - loss: 0.51']);
});

test('takes no number for a value that stands within a word', () => {
  const advice = adviseOnLines(['* Acc@1 75.3 Acc@5 92.1'], filtersFor(['Acc@1']));
  expect(advice.proposal?.rows).toEqual([{ name: 'Acc@1', value: '75.3', source: 0 }]);
});

test('sees through what libraries print around a number', () => {
  const advice = adviseOnLines(['loss: tensor(0.53, grad_fn=<NllLossBackward0>)'], filtersFor(['loss']));
  expect(advice.proposal?.rows).toEqual([{ name: 'loss', value: '0.53', source: 0 }]);
});

test('sees a name and its value between what sets colours', () => {
  const lines = ['\u001b[32maccuracy=0.910\u001b[0m', '\u001b[1mloss\u001b[0m=\u001b[31m0.100\u001b[0m'];
  const { naming, proposal, unread } = adviseOnLines(lines, filtersFor(['accuracy', 'loss']));
  expect(naming).toBe(2);
  expect(unread).toEqual([]);
  expect(proposal?.rows).toEqual([
    { name: 'accuracy', value: '0.910', source: 0 },
    { name: 'loss', value: '0.100', source: 1 },
  ]);
});
