import { type Document, isCollection, isMap, isSeq, visit } from 'yaml';

/** How a document is laid out, so that what is added looks like the rest. */
export interface Layout {
  readonly eol: '\n' | '\r\n';
  /** Columns by which a nested mapping is indented. */
  readonly step: number;
  /** Columns by which a list is indented below its key: 0 as kubectl writes it, or more. */
  readonly listStep: number;
}

/** The layout of a document, judged by the first mapping and the first list that are nested in one. */
export function readLayout(text: string, document: Document.Parsed): Layout {
  let step: number | undefined;
  let listStep: number | undefined;
  visit(document, {
    Map(_, map) {
      if (map.flow) return;
      for (const { key, value } of map.items) {
        if (!isCollection(value) || value.flow || !value.range) continue;
        const start = (key as { range?: readonly number[] } | null)?.range?.[0];
        if (start === undefined) continue;
        const depth = columnOf(text, value.range[0]) - columnOf(text, start);
        if (isMap(value) && depth > 0) step ??= depth;
        if (isSeq(value) && depth >= 0) listStep ??= depth;
      }
      return step !== undefined && listStep !== undefined ? visit.BREAK : undefined;
    },
  });
  const eol = /\r\n/.test(text) && !/[^\r]\n/.test(text) ? '\r\n' : '\n';
  return { eol, step: step ?? 2, listStep: listStep ?? step ?? 2 };
}

/** Where the line of an offset begins. */
export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The 0-based column of an offset. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStartOf(text, offset);
}

/** How many line breaks a text ends in. In steps: an expression would begin anew at each run of them. */
export function trailingBreaks(text: string): number {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return text.length - end;
}
