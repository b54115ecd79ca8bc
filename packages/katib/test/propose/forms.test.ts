import { readFileSync } from 'node:fs';
import { compileFilters, type Filters, proposeFormats, readLine, type Template } from '@katib-push/core';
import { expect, test } from 'vitest';
import { loadLanguages } from '../../src/load-languages.ts';

/** One statement of the corpus; `forms.txt` says what the fields mean. */
interface Form {
  readonly at: number;
  readonly language: string;
  readonly kind: string;
  readonly wanted: readonly string[];
  readonly right: string;
  readonly script: string;
}

const languages = await loadLanguages();
const forms = readForms(readFileSync(new URL('forms.txt', import.meta.url), 'utf8'));

/** Share of the statements that name a metric for which the right thing has to be proposed or said. */
const WANTED_SHARE = 0.92;

test('the corpus is as large and as mixed as real scripts are', () => {
  expect(forms.length).toBeGreaterThanOrEqual(200);
  const share = (kinds: RegExp): number => forms.filter(({ kind }) => kinds.test(kind)).length / forms.length;
  expect(share(/no word/)).toBeGreaterThan(0.05);
});

test('what is proposed for a statement reads its value and nothing else', () => {
  const wrong = forms.flatMap((form) => {
    const got = answerFor(form);
    return got === form.right ? [] : [{ ...form, got }];
  });
  const list = wrong.map(({ at, right, got, script }) => `forms.txt:${at} ${right} | got ${got} | ${script}`);
  const named = forms.filter(({ right }) => right !== 'unnamed').length;
  const missed = wrong.filter(({ right }) => right !== 'unnamed').length;
  expect(wrong.length - missed, list.join('')).toBe(0);
  expect(1 - missed / named, list.join('')).toBeGreaterThanOrEqual(WANTED_SHARE);
});

/** What the proposer makes of a form, in the corpus' own words. */
function answerFor(form: Form): string {
  const templates = templatesOf(form);
  const { filters } = compileFilters(form.wanted);
  if (!filters) throw new Error(`no filters for ${form.wanted}`);
  const { proposal, unread } = proposeFormats(templates, filters);
  const [left] = unread;
  if (left) return left.why;
  if (!proposal) return 'read';
  const [first] = proposal.rows;
  if (first?.assumed) return `at run time ${first.name}←${first.value}`;
  const names = form.wanted.map(
    (name) => proposal.renames.find(({ wanted }) => wanted === name)?.printed ?? name,
  );
  const { filters: proposed } = compileFilters(names, proposal.formats ?? []);
  if (!proposed) return 'not usable';
  const rows = rowsOf(templates, proposed);
  const order = names.flatMap((name) => rows.filter((row) => row.startsWith(`${name}←`)));
  return [...new Set(order)].join(', ');
}

/** The rows of texts whose holes hold a number each of their own, told by the expression that gives the value. */
function rowsOf(templates: readonly Template[], filters: Filters): readonly string[] {
  const values = new Map<string, string>();
  const lines = templates.flatMap(({ parts }) => {
    let count = 0;
    const text = parts.map((part) => {
      if (part.kind === 'literal') return part.text;
      const value =
        part.type === 'integer' ? `${917 + values.size}` : `${values.size + 1}.${++count}7e-0${count % 9}`;
      values.set(value, part.expression);
      return part.type === 'percent' ? `${value}%` : value;
    });
    return text.join('').split('\n');
  });
  return lines.flatMap((line) =>
    readLine(line, filters).map(({ name, value }) => `${name}←${values.get(value) ?? JSON.stringify(value)}`),
  );
}

function templatesOf({ language, script }: Form): readonly Template[] {
  const found = languages.find(({ name }) => name === language);
  const document = found?.parse(script, { opaque: [] });
  if (!document || document.problem)
    throw new Error(`${language} can't read ${script}: ${document?.problem?.message}`);
  const templates = document.statements().flatMap(({ template }) => template?.() ?? []);
  document.dispose();
  return templates;
}

function readForms(text: string): readonly Form[] {
  const found: Form[] = [];
  let section = ['python', ''];
  for (const [index, line] of text.split('\n').entries()) {
    const heading = /^\[(\w+)(?:, )?(.*)\]$/.exec(line);
    if (heading) section = [heading[1] ?? '', heading[2] ?? ''];
    if (line === '' || line.startsWith('#') || heading) continue;
    const [wanted = '', right = '', ...rest] = line.split(' | ');
    found.push({
      at: index + 1,
      language: section[0] ?? '',
      kind: section[1] ?? '',
      wanted: wanted.split(', '),
      right,
      script: `${rest.join(' | ').replaceAll('⏎', '\n')}\n`,
    });
  }
  return found;
}
