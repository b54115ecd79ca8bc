import type { UnreadMetric } from './advice.ts';
import { findValue, SUFFIX } from './find-value.ts';
import type { MaskedLine } from './masked-line.ts';

/** A place where a text names a wanted metric. */
export interface Mention {
  readonly line: MaskedLine;
  /** The name as the Experiment gives it. */
  readonly wanted: string;
  /** The name as it is printed. */
  readonly printed: string;
  /** How alike both are: 0 the same, 1 but for case, 2 but for what joins its words (`val_loss`, `Val Loss`), 3 the end of a joined word (`eval-rmse`, `test_loss`). */
  readonly rank: 0 | 1 | 2 | 3;
  /** The name's place in the line. */
  readonly from: number;
  readonly to: number;
  /** Position of the hole that holds its value. */
  readonly value: number;
  /** Words around the name that say which one it is, lower case: `test`, `training set`; empty for none. */
  readonly label: string;
  /** The name with the words in front of it, as printed: `Test accuracy`. */
  readonly title: string;
}

/** Characters in front of a name that may say which one it is. */
const LABEL_REACH = 200;
/** Words that don't tell one value from another. */
const neutral = new Set(
  'a an the average avg mean current cur running total overall final last new model minibatch mini-batch batch step steps epoch epochs iter iteration iterations result results is was of on at in for after over from to by with per now so has score value rate percentage improved decreased increased dropped reached achieved obtained set images data dataset and info'.split(
    ' ',
  ),
);

/** Words side by side, in columns, and nothing else. */
const HEADER =
  /^[\s|,]*[\p{L}_][\p{L}\p{N}_ %().-]*(?:(?:\t| {2,}|\s*[|,]\s*)[\p{L}_][\p{L}\p{N}_ %().-]*)+[\s|,]*$/u;

/**
 * All mentions of a wanted metric in some lines, in order; those that print the very name first. And the first place that names
 * it with a value that can't be read, absent where there is none.
 */
export function findMentions(
  lines: readonly MaskedLine[],
  wanted: string,
  all: readonly string[],
): { readonly mentions: readonly Mention[]; readonly dead?: Pick<UnreadMetric, 'why' | 'source'> } {
  const mentions: Mention[] = [];
  let dead: Pick<UnreadMetric, 'why' | 'source'> | undefined;
  const spellings = spellingsOf(wanted);
  const otherNames = all.filter((name) => name !== wanted).map((name) => spellingsOf(name)[1]);
  const others = (text: string): boolean => otherNames.some((name) => name.test(text));
  for (const line of lines) {
    const seen = new Set<number>();
    for (const [rank, spelling] of spellings.entries()) {
      for (const match of line.text.matchAll(new RegExp(spelling, `${spelling.flags}g`))) {
        const from = match.index;
        const to = from + match[0].length;
        if (seen.has(from)) continue;
        seen.add(from);
        const found = findValue(line, { from, to, name: wanted }, others);
        if (typeof found === 'number') {
          mentions.push({
            line,
            wanted,
            printed: match[0],
            rank: rank as Mention['rank'],
            from,
            to,
            value: found,
            ...labelOf(line, from, to, found),
          });
        } else if (found || isApart(line, from, to))
          dead ??= { why: found ?? 'unreadable', source: line.source };
      }
    }
  }
  return { mentions: mentions.toSorted((a, b) => a.rank - b.rank), ...(dead ? { dead } : {}) };
}

/** Whether a name's value stands elsewhere: in front of it, in the next line, or below it in a table. */
function isApart({ text, ends }: MaskedLine, from: number, to: number): boolean {
  const behind = text.slice(to);
  const isBehindValue =
    /\ue000\s?%?\s?$/u.test(text.slice(Math.max(0, from - 4), from)) && !/^\s*[:=]/.test(behind);
  return isBehindValue || (ends && /^["'\])}]*\s*[:=]+\s*$/.test(behind)) || HEADER.test(text);
}

/** Tells whether a text may name one of some metrics at all; cheap. */
export function createNaming(names: readonly string[]): (text: string) => boolean {
  const spellings = names.flatMap((name) => spellingsOf(name).slice(1));
  return (text) => spellings.some((spelling) => spelling.test(text));
}

/** Words as they are written out, and as they are shortened. */
const FORMS = [
  ['val', 'valid', 'validation'],
  ['train', 'training'],
  ['test', 'testing'],
  ['acc', 'accuracy'],
  ['prec', 'precision'],
  ['rec', 'recall'],
  ['err', 'error'],
  ['ppl', 'perplexity'],
] as const satisfies readonly (readonly string[])[];

function spellingsOf(name: string): readonly [RegExp, RegExp, RegExp, RegExp] {
  const words = name.split(/[\s_\-./]+/).filter((word) => word !== '');
  const exact = quote(name);
  const between = String.raw`[\s_\-./]{0,3}`;
  const [head = '', ...rest] = words.map(longOrShort);
  // `f1_score` is mostly printed as `F1`
  const loose =
    words.length === 2 && /^score$/i.test(words[1] ?? '')
      ? `${head}(?:${between}score)?`
      : [head, ...rest].join(between);
  const end = String.raw`(?![\p{L}\p{N}_]|-(?!${SUFFIX})\p{L})`;
  const bounded = (body: string) => String.raw`(?<![\p{L}\p{N}_]|\p{L}-)${body}${end}`;
  return [
    new RegExp(bounded(exact), 'u'),
    new RegExp(bounded(exact), 'iu'),
    new RegExp(bounded(loose), 'iu'),
    new RegExp(String.raw`(?<=[\p{L}\p{N}_]-|[\p{L}\p{N}]_)${exact}${end}`, 'iu'),
  ];
}

/** `val` as it is mostly written out, and the reverse. */
function longOrShort(word: string): string {
  const forms = FORMS.find((all) => (all as readonly string[]).includes(word.toLowerCase()));
  return forms ? `(?:${forms.toSorted((a, b) => b.length - a.length).join('|')})` : quote(word);
}

/** The data that a line speaks of, by the last word in front of a place that says so; empty for none. */
function splitOf(text: string): string {
  const words = text.toLowerCase().match(/\b(?:train|val|test|eval|dev)(?=(?:id|ing|uation|idation|_|\b))/g);
  return words?.at(-1) ?? '';
}

function labelOf(
  line: MaskedLine,
  from: number,
  to: number,
  value: number,
): Pick<Mention, 'label' | 'title'> {
  const before = line.text.slice(Math.max(0, from - LABEL_REACH), from);
  const front = /(?:[\p{L}\p{N}_./'-]+ {1,2})*(?:[\p{L}\p{N}_.-]+[/.-])?$/u.exec(before)?.[0] ?? '';
  const back = line.text.slice(to, value);
  const words = `${front} ${back}`.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !neutral.has(word) && !/^\d+$/.test(word));
  return {
    label: telling.length > 0 ? telling.join(' ') : splitOf(before),
    title: front.trimStart() + line.text.slice(from, to),
  };
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
