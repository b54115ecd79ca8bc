import type { Mention } from './find-mentions.ts';

/** The mentions that a metric is to be read from, or the groups between which nobody but the user can choose. */
export type Choice =
  | { readonly chosen: readonly Mention[] }
  | { readonly groups: readonly (readonly Mention[])[] };

/**
 * Chooses among the mentions of one metric, the best spelling first. What is called by the bare name wins over what has a
 * word in front (`loss` over `val loss`); of several that have one, none is taken.
 *
 * @param mentions not empty, in the order of their ranks
 */
export function chooseMentions(mentions: readonly Mention[]): Choice {
  const best = mentions.filter(({ rank }) => rank === mentions[0]?.rank);
  const bare = best.filter(({ label }) => label === '');
  const candidates = bare.length > 0 ? bare : best;
  const groups = [
    ...Map.groupBy(candidates, ({ printed, label }) => JSON.stringify([printed, label])).values(),
  ];
  if (groups.length > 1) return { groups };
  // `Average reward: …, reward: …`
  const alone = candidates.filter(({ printed, title }) => title === printed);
  if (isTwice(candidates) && alone.length > 0 && !isTwice(alone)) return { chosen: alone };
  return isTwice(candidates) ? { groups: candidates.map((one) => [one]) } : { chosen: candidates };
}

/** Whether one line has two of some mentions. */
function isTwice(mentions: readonly Mention[]): boolean {
  return new Set(mentions.map(({ line }) => line)).size < mentions.length;
}
