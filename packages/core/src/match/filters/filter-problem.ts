/** Why a filter is not translated, in one sentence with the way out. Never leaves `translateFilter`. */
export class FilterProblem extends Error {}

/** A part of a filter as it stands in a problem's sentence. */
export function quotePart(source: string, part: { readonly from: number; readonly to: number }): string {
  const text = source.slice(part.from, part.to);
  return `"${text.length > 60 ? `${text.slice(0, 57)}…` : text}"`;
}
