import { pad, shorten, widthOf, wrap } from './width.ts';

/** A cell: its text (neutralised, no colours) and how it is coloured once it is laid out. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Columns at most; what is longer is cut. The last column has no limit: it is wrapped. */
  readonly limit?: number;
}

/**
 * A table as lines. Columns are as wide as they have to be; the last one is wrapped into what is left of `width`
 * (never below 24 columns), and continues below itself.
 */
export function layTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
  paintTitle: (text: string) => string = (text) => text,
): readonly string[] {
  const widths = columns.map((column, i) => {
    const longest = rows.reduce(
      (most, row) => Math.max(most, widthOf(row[i]?.text ?? '')),
      widthOf(column.title),
    );
    return Math.min(longest, column.limit ?? Number.POSITIVE_INFINITY);
  });
  const last = columns.length - 1;
  const margin = widths.slice(0, last).reduce((sum, each) => sum + each + 2, 0);
  const room = Math.max(24, width - margin);
  const lay = (cells: readonly Cell[]): readonly string[] => {
    const head = cells.slice(0, last).map((cell, i) => {
      const { align } = columns[i] as Column;
      const text = pad(
        shorten(cell.text, widths[i] as number),
        widths[i] as number,
        align === 'right' ? 'left' : 'right',
      );
      return cell.paint ? cell.paint(text) : text;
    });
    const { text = '', paint = (line: string) => line } = cells[last] ?? {};
    const right = columns[last]?.align === 'right' ? pad(text, widths[last] as number, 'left') : text;
    const lines = widthOf(right) > room ? wrap(text, room) : [right];
    return lines.map((line, i) =>
      (i === 0 ? [...head, paint(line)].join('  ') : ' '.repeat(margin) + paint(line)).trimEnd(),
    );
  };
  return [
    ...lay(columns.map((column) => ({ text: column.title }))).map(paintTitle),
    ...rows.flatMap((row) => lay(row)),
  ];
}
