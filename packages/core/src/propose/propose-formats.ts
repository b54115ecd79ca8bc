import { type Filters, holdsDoubling } from '../match/filters.ts';
import type { Template } from '../templates/template.ts';
import type { FormatAdvice, FormatProposal, ProposedRow, UnreadMetric } from './advice.ts';
import { chooseMentions } from './choose-mentions.ts';
import { completeName } from './complete-names.ts';
import { createNaming, findMentions, type Mention } from './find-mentions.ts';
import { type MaskedLine, maskLines } from './masked-line.ts';
import { partsOfKey, readByFormats, readTemplates } from './read-templates.ts';
import { solveFormats } from './solve-formats.ts';

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
  const search = { templates: naming, filters, kept };
  const chosen: Mention[] = [];
  const unread: UnreadMetric[] = [];
  for (const name of missing) {
    const { mentions, dead } = findMentions(lines, name, filters.metrics);
    const [first] = mentions;
    if (!first) {
      unread.push({ name, choices: [], ...(dead ?? { why: 'unnamed' }) });
      continue;
    }
    const choice = chooseMentions(mentions);
    if ('chosen' in choice) chosen.push(...choice.chosen);
    else {
      const choices = choice.groups.flatMap(
        (group) => solveFormats(search, group.map(withTitle)) ?? solveFormats(search, group) ?? [],
      );
      unread.push({ name, why: 'ambiguous', choices, source: first.line.source });
    }
  }
  const together = solveFormats(search, chosen);
  if (together || chosen.length === 0) return { ...(together ? { proposal: together } : {}), unread };

  // Not all at once: those that can be had, in the order wanted.
  const had: Mention[] = [];
  let proposal: FormatProposal | undefined;
  for (const [name, own] of Map.groupBy(chosen, ({ wanted }) => wanted)) {
    const more = solveFormats(search, [...had, ...own]);
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

/** Templates that can't name a metric are emptied, so that the filters need not run over them. */
function relevant(templates: readonly Template[], lines: readonly MaskedLine[]): readonly Template[] {
  const sources = new Set(lines.map(({ source }) => source));
  return templates.map((template, index) => (sources.has(index) ? template : { parts: [] }));
}

/** The same place under the name that has the words in front in it: `Test accuracy`. */
function withTitle(mention: Mention): Mention {
  return { ...mention, printed: mention.title, from: mention.to - mention.title.length, label: '' };
}
