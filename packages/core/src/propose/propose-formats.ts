import { defaultFilter, type Filters, holdsDoubling } from '../match/filters.ts';
import type { Template } from '../templates/template.ts';
import type { FormatAdvice, FormatProposal, ProposedRow, UnreadMetric } from './advice.ts';
import { candidateFormats } from './candidate-formats.ts';
import { chooseMentions } from './choose-mentions.ts';
import { completeName } from './complete-names.ts';
import { createNaming, findMentions, type Mention } from './find-mentions.ts';
import { type MaskedLine, maskLines } from './masked-line.ts';
import { keyOf, partsOfKey, readByFormats, readTemplates } from './read-templates.ts';

/** Bounds of the search, all far above what people write: beyond them nothing is proposed. */
const MOST_METRICS = 50;
const LONGEST_NAME = 200;
const MOST_TEMPLATES = 200;

/**
 * Proposes a `metricsFormat` for wanted metrics that some text names and no filter reads. What is proposed was tried: the
 * real filters, over every text with probes in its holes, give the rows that they give today and the new ones, and no
 * others.
 *
 * @param templates all that is printed, as far as it is known
 * @param filters those in force
 */
export function proposeFormats(templates: readonly Template[], filters: Filters): FormatAdvice {
  const advice = proposeForNamed(templates, filters);
  const unnamed = advice.unread.filter(({ why }) => why === 'unnamed').map(({ name }) => name);
  const completed = unnamed.flatMap((name) =>
    templates.flatMap((template, source) => {
      const found = completeName(template, name);
      return found ? [{ found, source }] : [];
    }),
  );
  if (completed.length === 0) return advice;
  const all = proposeForNamed([...templates, ...completed.map(({ found }) => found)], filters);
  const isFound = (name: string): boolean =>
    all.proposal?.rows.some((row) => row.source >= templates.length && row.name === name) ?? false;
  if (!all.proposal || !unnamed.some(isFound)) return advice;
  const rows = all.proposal.rows.map((row): ProposedRow => {
    const one = completed[row.source - templates.length];
    return one ? { ...row, source: one.source, assumed: true } : row;
  });
  return { proposal: { ...all.proposal, rows }, unread: advice.unread.filter(({ name }) => !isFound(name)) };
}

function proposeForNamed(templates: readonly Template[], filters: Filters): FormatAdvice {
  if (filters.metrics.length > MOST_METRICS || filters.metrics.some((name) => name.length > LONGEST_NAME))
    return { unread: [] };
  const mayName = createNaming(filters.metrics);
  const lines = templates.flatMap((template, index) =>
    maskLines(template, index).filter(({ text }) => mayName(text)),
  );
  if (new Set(lines.map(({ source }) => source)).size > MOST_TEMPLATES) return { unread: [] };
  const naming = relevant(templates, lines);
  const today = readTemplates(naming, filters);
  const readNames = new Set([...today.whole].map((key) => partsOfKey(key).name));
  const missing = filters.metrics.filter((name) => !readNames.has(name));
  if (missing.length === 0) return { unread: [] };
  const undoubled = withoutDoubling(naming, filters);
  if (undoubled) return { proposal: undoubled, unread: [] };

  const kept = new Set(
    [...today.sure.keys(), ...today.stray].filter((key) => readNames.has(partsOfKey(key).name)),
  );
  const problem: Problem = { templates: naming, filters, kept };
  const chosen: Mention[] = [];
  const unread: UnreadMetric[] = [];
  for (const name of missing) {
    const { mentions, dead } = findMentions(lines, name, filters.metrics);
    const [first] = mentions;
    if (!first) {
      unread.push(
        dead[0]
          ? { name, why: dead[0].problem, choices: [], source: dead[0].line.source }
          : { name, why: 'unnamed', choices: [] },
      );
      continue;
    }
    const choice = chooseMentions(mentions);
    if ('chosen' in choice) chosen.push(...choice.chosen);
    else {
      const choices = choice.groups.flatMap(
        (group) => solve(problem, group.map(withTitle)) ?? solve(problem, group) ?? [],
      );
      unread.push({ name, why: 'ambiguous', choices, source: first.line.source });
    }
  }
  const together = solve(problem, chosen);
  if (together || chosen.length === 0) return { ...(together ? { proposal: together } : {}), unread };

  // Not all at once: those that can be had, in the order wanted.
  const had: Mention[] = [];
  let proposal: FormatProposal | undefined;
  for (const [name, own] of Map.groupBy(chosen, ({ wanted }) => wanted)) {
    const more = solve(problem, [...had, ...own]);
    if (more) {
      proposal = more;
      had.push(...own);
    } else unread.push({ name, why: 'unreadable', choices: [], source: own[0]?.line.source ?? 0 });
  }
  return { ...(proposal ? { proposal } : {}), unread };
}

/** The formats in force with each `\\` as `\`, if they read every metric then: YAML without double quotes keeps both. */
function withoutDoubling(templates: readonly Template[], filters: Filters): FormatProposal | undefined {
  const given = filters.expressions.map((one) => one.pattern());
  if (!given.some(holdsDoubling)) return undefined;
  const formats = given.map((format) => format.replaceAll('\\\\', '\\'));
  const found = readByFormats(templates, filters.metrics, formats);
  if (!found) return undefined;
  const rows = [...found.sure.keys()].map((key) => {
    const { source, name, part } = partsOfKey(key);
    const hole = templates[source]?.parts[part];
    return { name, value: hole?.kind === 'hole' ? hole.expression : '', source };
  });
  const all = filters.metrics.every((metric) => rows.some(({ name }) => name === metric));
  return all ? { formats, renames: [], rows } : undefined;
}

interface Problem {
  readonly templates: readonly Template[];
  readonly filters: Filters;
  /** The rows of today. */
  readonly kept: ReadonlySet<string>;
}

/** Templates that can't name a metric are emptied, so that the filters need not run over them. */
function relevant(templates: readonly Template[], lines: readonly MaskedLine[]): readonly Template[] {
  const sources = new Set(lines.map(({ source }) => source));
  return templates.map((template, index) => (sources.has(index) ? template : { parts: [] }));
}

/** The same place under the name that has the words in front in it: `Test accuracy`. */
function withTitle(mention: Mention): Mention {
  return { ...mention, printed: mention.title, from: mention.to - mention.title.length, label: '' };
}

/** The least formats that read just some mentions beside what is read today; absent if there are none. */
function solve(
  { templates, filters, kept }: Problem,
  mentions: readonly Mention[],
): FormatProposal | undefined {
  if (mentions.length === 0) return undefined;
  const printed = new Map(mentions.map((mention) => [mention.wanted, mention.printed]));
  const names = filters.metrics.map((name) => printed.get(name) ?? name);
  if (new Set(names).size < names.length) return undefined;
  const needed = new Map(mentions.map((mention) => [keyOfMention(mention), mention]));
  const given =
    filters.portable === null || kept.size === 0
      ? undefined
      : filters.expressions.map((one) => one.pattern());

  /** The needed rows that are read; absent where something else is read, or something not at all, or twice. */
  const read = (
    formats: readonly string[] | undefined,
    needsKept: boolean,
  ): ReadonlySet<string> | undefined => {
    const found = readByFormats(templates, names, formats ?? []);
    if (!found) return undefined;
    const { sure, stray } = found;
    const allowed = (key: string): boolean => needed.has(key) || kept.has(key);
    if ([...sure.keys(), ...stray].some((key) => !allowed(key))) return undefined;
    if ([...sure].some(([key, times]) => needed.has(key) && times > 1)) return undefined;
    if (needsKept && [...kept].some((key) => !key.endsWith(' -1') && !sure.has(key) && !stray.has(key)))
      return undefined;
    return new Set([...needed.keys()].filter((key) => sure.has(key)));
  };
  const finish = (formats: readonly string[] | undefined): FormatProposal => ({
    ...(formats ? { formats } : {}),
    renames: [...printed].flatMap(([wanted, name]) => (wanted === name ? [] : [{ wanted, printed: name }])),
    rows: [...needed.values()]
      .map(({ line, printed: name, value }) => ({
        name,
        value: line.holes.get(value)?.hole.expression ?? '',
        source: line.source,
      }))
      .toSorted((a, b) => a.source - b.source),
  });
  const isAll = (found: ReadonlySet<string> | undefined): boolean => found?.size === needed.size;

  const inForce = filters.portable === null ? undefined : filters.expressions.map((one) => one.pattern());
  if (isAll(read(inForce, true))) return finish(undefined);
  const others = [...new Set([...printed.values()])];
  const candidates = mentions.map((mention) => candidateFormats(mention, others));
  const inOrder = rankwise(candidates);
  const single = given ? undefined : inOrder.find((format) => isAll(read([format], true)));
  if (single) return finish([single]);

  let formats = given ?? (kept.size > 0 ? [defaultFilter] : []);
  let have = read(formats.length > 0 ? formats : undefined, true);
  if (formats.length === 0) have = new Set();
  if (!have) return undefined;
  for (const [index, mention] of mentions.entries()) {
    const key = keyOfMention(mention);
    if (have.has(key)) continue;
    const before: ReadonlySet<string> = have;
    const better = candidates[index]
      ?.map((format) => ({ more: [...formats, format], got: read([...formats, format], true) }))
      .find(({ got }) => got?.has(key) && [...before].every((each) => got.has(each)));
    if (!better?.got) return undefined;
    formats = better.more;
    have = better.got;
  }
  return isAll(have)
    ? finish(withoutNeedless(formats, given ?? [], (some) => isAll(read(some, true))))
    : undefined;
}

function keyOfMention({ line, printed, value }: Mention): string {
  return keyOf(line.source, printed, line.holes.get(value)?.part ?? -1);
}

/** The first of each list, then the second of each, …; each once. */
function rankwise(lists: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const ranks = Array.from({ length: longest }, (_, rank) => lists.flatMap((list) => list[rank] ?? []));
  return [...new Set(ranks.flat())];
}

/** Formats without those that the later ones made needless; the user's own stay. */
function withoutNeedless(
  formats: readonly string[],
  given: readonly string[],
  isEnough: (formats: readonly string[]) => boolean,
): readonly string[] {
  let left = formats;
  for (const format of formats) {
    const without = left.filter((one) => one !== format);
    if (!given.includes(format) && without.length > 0 && isEnough(without)) left = without;
  }
  return left;
}
