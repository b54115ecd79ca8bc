/** One change, as data: the text `[from, to)` of a layer is replaced by `insert`. `from === to` only inserts. */
export interface Edit {
  /** In the coordinates of the layer that the plan names. */
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** For people: `wraps print at line 9`. */
  readonly reason: string;
}

/** Edits in source order; those at the same place keep their order. */
export function sortEdits(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** A text with edits spliced in. The edits are sorted and don't overlap. */
export function splice(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.from) + edit.insert;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** What is wrong with a sorted list of edits: an overlap, a place outside the text, half a surrogate pair. */
export function checkEdits(text: string, edits: readonly Edit[]): string | undefined {
  let end = 0;
  for (const edit of edits) {
    if (edit.from > edit.to || edit.to > text.length)
      return `an edit lies outside the text: ${edit.from} to ${edit.to}`;
    if (edit.from < end) return `two edits overlap at ${edit.from}`;
    if (splitsPair(text, edit.from) || splitsPair(text, edit.to))
      return `an edit splits a surrogate pair at ${edit.from}`;
    end = edit.to;
  }
  return undefined;
}

function splitsPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
}
