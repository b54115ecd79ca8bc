import { defaultFilter, type Filters } from '../match/filters.ts';
import type { Template } from '../templates/template.ts';
import type { FormatProposal } from './advice.ts';
import { candidateFormats } from './candidate-formats.ts';
import type { Mention } from './find-mentions.ts';
import { keyOf, partsOfKey, readByFormats } from './read-templates.ts';

/** What formats are looked for in. */
interface Search {
  readonly templates: readonly Template[];
  readonly filters: Filters;
  /** The rows of today. */
  readonly kept: ReadonlySet<string>;
}

/** What formats have to read. */
interface Goal extends Search {
  /** Wanted names as they are printed. */
  readonly names: readonly string[];
  readonly printed: ReadonlyMap<string, string>;
  readonly needed: ReadonlyMap<string, Mention>;
}

/** The least formats that read just some mentions beside what is read today; absent if there are none. */
export function solveFormats(search: Search, mentions: readonly Mention[]): FormatProposal | undefined {
  const { filters, kept } = search;
  const printed = new Map(mentions.map((mention) => [mention.wanted, mention.printed]));
  const names = filters.metrics.map((name) => printed.get(name) ?? name);
  if (mentions.length === 0 || new Set(names).size < names.length) return undefined;
  const needed = new Map(mentions.map((mention) => [keyOfMention(mention), mention]));
  const goal = { ...search, names, printed, needed };
  const inForce = filters.portable === null ? [] : filters.expressions.map((one) => one.pattern());
  if (readsAll(inForce, goal)) return propose(undefined, goal);
  const others = [...new Set(printed.values())];
  const candidates = mentions.map((mention) => candidateFormats(mention, others));
  const isCustom = filters.portable !== null && kept.size > 0;
  const single = isCustom ? undefined : rankwise(candidates).find((format) => readsAll([format], goal));
  if (single) return propose([single], goal);
  const given = isCustom ? inForce : [];
  const formats = addFormats(
    isCustom || kept.size === 0 ? given : [defaultFilter],
    mentions,
    candidates,
    goal,
  );
  return formats && propose(withoutNeedless(formats, given, goal), goal);
}

/** Formats with one more for each mention that they don't read yet; absent where none does. */
function addFormats(
  first: readonly string[],
  mentions: readonly Mention[],
  candidates: readonly (readonly string[])[],
  goal: Goal,
): readonly string[] | undefined {
  let formats = first;
  let have = first.length > 0 ? readNeeded(first, goal) : new Set<string>();
  for (const [index, mention] of mentions.entries()) {
    const key = keyOfMention(mention);
    if (!have) return undefined;
    if (have.has(key)) continue;
    const before: ReadonlySet<string> = have;
    const better = candidates[index]
      ?.map((format) => ({ more: [...formats, format], got: readNeeded([...formats, format], goal) }))
      .find(({ got }) => got?.has(key) && [...before].every((each) => got.has(each)));
    formats = better?.more ?? formats;
    have = better?.got;
  }
  return have?.size === goal.needed.size ? formats : undefined;
}

/**
 * The needed rows that formats read; absent where they read something else, a needed row twice, or not what is read today.
 *
 * @param formats none: the default
 */
function readNeeded(
  formats: readonly string[],
  { templates, names, needed, kept }: Goal,
): ReadonlySet<string> | undefined {
  const found = readByFormats(templates, names, formats);
  if (!found) return undefined;
  const { sure, stray } = found;
  const isAllowed = (key: string): boolean => needed.has(key) || kept.has(key);
  const isLost = (key: string): boolean => partsOfKey(key).part >= 0 && !sure.has(key) && !stray.has(key);
  if (![...sure.keys(), ...stray].every(isAllowed) || [...kept].some(isLost)) return undefined;
  if ([...sure].some(([key, times]) => needed.has(key) && times > 1)) return undefined;
  return new Set([...needed.keys()].filter((key) => sure.has(key)));
}

function readsAll(formats: readonly string[], goal: Goal): boolean {
  return readNeeded(formats, goal)?.size === goal.needed.size;
}

function propose(formats: readonly string[] | undefined, { printed, needed }: Goal): FormatProposal {
  return {
    ...(formats ? { formats } : {}),
    renames: [...printed].flatMap(([wanted, name]) => (wanted === name ? [] : [{ wanted, printed: name }])),
    rows: [...needed.values()]
      .map(({ line, printed: name, value }) => ({
        name,
        value: line.holes.get(value)?.hole.expression ?? '',
        source: line.source,
      }))
      .toSorted((a, b) => a.source - b.source),
  };
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
  goal: Goal,
): readonly string[] {
  let left = formats;
  for (const format of formats) {
    const without = left.filter((one) => one !== format);
    if (!given.includes(format) && without.length > 0 && readsAll(without, goal)) left = without;
  }
  return left;
}
