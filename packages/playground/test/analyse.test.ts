import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExamples } from '../build/examples.ts';
import { analyse } from '../src/engine/analyse.ts';
import { questionOf } from './question.ts';

describe('an Experiment', () => {
  it.each(readExamples())('of the example $name comes out as its case says', async ({ name, text }) => {
    const { subjects, after, problems } = await analyse(questionOf({ text, kind: 'experiment' }));
    const file = join(import.meta.dirname, '../../../fixtures/experiments', name, 'case.json');
    const { expect: wanted } = JSON.parse(readFileSync(file, 'utf8')) as { readonly expect: string };
    expect(problems).toEqual([]);
    const [subject] = subjects;
    const changes = subject?.experiment?.outcome === 'rewritten';
    expect(changes && !subject?.unasked).toBe(wanted !== 'unchanged');
    expect(after !== text).toBe(changes);
  });

  it('has its statements on the lines of the manifest', async () => {
    for (const { text } of readExamples()) {
      const lines = text.split('\n');
      const { subjects } = await analyse(questionOf({ text, kind: 'experiment' }));
      for (const statement of subjects.flatMap(({ scripts }) => scripts.flatMap((one) => one.statements)))
        expect(lines[(statement.at ?? 0) - 1]).toContain(statement.text.split('\n')[0]);
    }
  });

  it('for which nothing asks is shown as if something did', async () => {
    const text = readExamples().find(({ name }) => name === 'sdk-print')?.text ?? '';
    const { subjects, after } = await analyse(questionOf({ text, kind: 'experiment' }));
    expect(subjects[0]).toMatchObject({
      unasked: true,
      experiment: { outcome: 'rewritten', way: 'container' },
    });
    expect(after).toContain('katib-push.io/capture: container');
    expect(subjects[0]?.scripts.flatMap(({ statements }) => statements)).toMatchObject([
      { verdict: 'metric', rewritten: false, reached: true },
    ]);
  });

  it('takes a proposal, and is read with it', async () => {
    const text = readExamples().find(({ name }) => name === 'partial-colon')?.text ?? '';
    const [proposal] = (await analyse(questionOf({ text, kind: 'experiment' }))).subjects[0]?.proposals ?? [];
    expect(proposal?.yaml).toContain('metricsFormat');
    const again = await analyse(questionOf({ text: proposal?.adopted ?? '', kind: 'experiment' }));
    expect(again.subjects[0]).toMatchObject({
      proposals: [],
      metrics: [{ covered: 'yes' }, { covered: 'yes' }],
    });
  });

  it.each(['', 'kind: [', 'kind: ConfigMap', '\0', '- &a [*a]'])(
    '%j is a problem with a way out',
    async (text) => {
      const { subjects, problems, after } = await analyse(questionOf({ text, kind: 'experiment' }));
      expect(subjects).toEqual([]);
      expect(problems[0]).toMatchObject({ severity: 'error', hint: expect.stringMatching(/\w/) });
      expect(after).toBe(text);
    },
  );
});

describe('a script', () => {
  it.each([
    ['python', 'print(f"loss={x}")\n', '_katib_push(print)'],
    ['javascript', 'console.log(`loss=${x}`);\n', '_katib_push(console)'],
    ['typescript', 'const x: number = 1;\nconsole.log(`loss=${x}`);\n', '_katib_push(console)'],
  ] as const)('in %s is rewritten', async (kind, text, inserted) => {
    const { subjects, after } = await analyse(questionOf({ text, kind }));
    expect(after).toContain(inserted);
    expect(subjects[0]?.scripts[0]?.statements).toMatchObject([{ verdict: 'metric', rewritten: true }]);
  });

  it.each([
    ['r', 'cat("loss=", x, "\\n", sep = "")\n'],
    ['shell', 'echo "loss=$x"\n'],
  ] as const)('in %s is reported, not rewritten', async (kind, text) => {
    const { subjects, after } = await analyse(questionOf({ text, kind }));
    expect(subjects[0]?.scripts[0]?.statements).toMatchObject([
      { verdict: 'metric', rewritten: false, at: 1 },
    ]);
    expect(after).toBe(text);
  });

  it('that has an error says where', async () => {
    const { subjects } = await analyse(questionOf({ text: 'x = 1\nif\n', kind: 'python' }));
    expect(subjects[0]?.problems).toMatchObject([{ code: 'syntax-error', place: { line: 2, column: 1 } }]);
  });

  it('is proposed a filter', async () => {
    const question = questionOf({ text: 'print(f"loss: {x}")\n', kind: 'python' });
    const [proposal] = (await analyse(question)).subjects[0]?.proposals ?? [];
    const { after } = await analyse({ ...question, filters: proposal?.filters ?? [] });
    expect(after).toContain('_katib_push(print)');
  });

  it('is read with its own filter', async () => {
    const filters = ['(loss): ([0-9.]+)'];
    const { after } = await analyse(questionOf({ text: 'print(f"loss: {x}")\n', kind: 'python', filters }));
    expect(after).toContain('_katib_push(print)');
  });
});

describe('a log', () => {
  const read = async (log: string, more: { readonly metrics?: string[]; readonly filters?: string[] } = {}) =>
    (await analyse(questionOf({ text: '', kind: 'python', log, ...more }))).log;

  it('gives the rows of the collector, and what is pushed for them', async () => {
    const reading = await read('start\nloss=0.5 x=1\nloss=nan\nloss=tensor(0.25)\nloss=\n');
    expect(reading).toMatchObject({ lines: 5, unavailable: false });
    expect(
      reading?.rows.map(({ line, pulled, pushed, notFinite }) => [line, pulled, pushed, notFinite]),
    ).toEqual([
      [2, '0.5', '0.5', false],
      [3, '', 'nan', true],
      [4, '', '0.25', false],
      [5, '', '', false],
    ]);
  });

  it('without the objective is unavailable', async () => {
    expect(await read('accuracy=1\n', { metrics: ['loss', 'accuracy'] })).toMatchObject({
      unavailable: true,
      rows: [{ name: 'accuracy' }],
    });
  });

  it('can not be read with a filter that the collector would crash on, or without a metric', async () => {
    expect((await read('loss=1', { filters: ['('] }))?.problem).toContain('RE2');
    expect((await read('loss=1', { metrics: [] }))?.problem).toContain('name the objective');
  });
});
