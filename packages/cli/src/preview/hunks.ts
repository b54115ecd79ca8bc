import { structuredPatch } from 'diff';
import { mostChanges } from '../yaml/align-lines.ts';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** A part of a unified diff. */
export interface Hunk {
  /** 1-based first lines, and counts, before and after; of no lines, the line in front of them. */
  readonly from: number;
  readonly count: number;
  readonly toFrom: number;
  readonly toCount: number;
  readonly lines: readonly DiffLine[];
}

const kinds: Readonly<Record<string, DiffLine['kind']>> = { ' ': 'same', '-': 'removed', '+': 'added' };

/**
 * The hunks of a unified diff between two texts, with up to three equal lines around changes. Line endings are not compared.
 * Where there are as many lines after as before, each is compared with the one in its place: a rewrite moves none.
 */
export function findHunks(before: string, after: string): readonly Hunk[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const numbered = old.length === now.length;
  const options = { context: 3, maxEditLength: mostChanges(old, now) };
  const whole = { oldStart: 1, oldLines: old.length, newStart: 1, newLines: now.length };
  const textOf = (lines: readonly string[]) =>
    lines.map((line, index) => `${numbered ? index : ''}:${line}\n`).join('');
  const { hunks } = structuredPatch('', '', textOf(old), textOf(now), '', '', options) ?? {
    hunks: [{ ...whole, lines: [...old.map((line) => `-:${line}`), ...now.map((line) => `+:${line}`)] }],
  };
  return hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    from: oldLines === 0 ? oldStart - 1 : oldStart,
    count: oldLines,
    toFrom: newLines === 0 ? newStart - 1 : newStart,
    toCount: newLines,
    lines: lines.map((line) => ({
      kind: kinds[line.charAt(0)] ?? 'same',
      text: line.slice(line.indexOf(':') + 1),
    })),
  }));
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}
