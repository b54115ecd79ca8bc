import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { narrow } from '../yaml/compare-text.ts';
import { type DiffLine, findHunks } from './hunks.ts';

export interface DiffStyle {
  readonly colours: Colours;
  /** What stands in front of every line. Default: nothing. */
  readonly indent?: string;
  /** Characters of a line that are shown at most; the middle of longer ones is left out. Default 240. */
  readonly lineLimit?: number;
  /** Runs of added (or removed) lines longer than this are shown shortened. Default: no limit. */
  readonly runLimit?: number;
}

/** A unified diff as lines; none where the texts are equal. What a terminal would act on is neutralised. */
export function showDiff(before: string, after: string, style: DiffStyle): readonly string[] {
  const { colours, indent = '' } = style;
  return findHunks(before, after).flatMap(({ from, count, toFrom, toCount, lines }) => [
    indent + colours.cyan(`@@ -${range(from, count)} +${range(toFrom, toCount)} @@`),
    ...pairs(lines).flatMap((group) => showGroup(group, style)),
  ]);
}

function range(from: number, count: number): string {
  return count === 1 ? String(from) : `${from},${count}`;
}

/** Consecutive lines of one kind; removed ones together with the added ones that follow. */
function pairs(lines: readonly DiffLine[]): readonly (readonly DiffLine[])[] {
  const groups: DiffLine[][] = [];
  for (const line of lines) {
    const last = groups.at(-1)?.at(-1);
    const joins =
      last && (last.kind === line.kind || (last.kind === 'removed' && line.kind === 'added'))
        ? groups.at(-1)
        : undefined;
    if (joins) joins.push(line);
    else groups.push([line]);
  }
  return groups;
}

function showGroup(group: readonly DiffLine[], style: DiffStyle): readonly string[] {
  const removed = group.filter((line) => line.kind === 'removed');
  const added = group.filter((line) => line.kind === 'added');
  const same = group.filter((line) => line.kind === 'same');
  const paired = removed.length === added.length;
  return [
    ...same.map(({ text }) => `${style.indent ?? ''} ${fit(text, style)}`.trimEnd()),
    ...shortenRun(removed, style).map((line, i) => paint(line, paired ? added[i]?.text : undefined, style)),
    ...shortenRun(added, style).map((line, i) => paint(line, paired ? removed[i]?.text : undefined, style)),
  ];
}

/** A changed line; what differs from its counterpart stands out. */
function paint(line: DiffLine | string, counterpart: string | undefined, style: DiffStyle): string {
  const { colours, indent = '' } = style;
  if (typeof line === 'string') return indent + colours.dim(line);
  const colour = line.kind === 'added' ? colours.green : colours.red;
  const sign = line.kind === 'added' ? '+' : '-';
  const text = fit(line.text, style);
  if (counterpart === undefined || line.kind === 'removed') return indent + colour(sign + text);
  const other = fit(counterpart, style);
  const { from, insert: changed } = narrow(other, text, 0);
  if (changed === '' || !colours.isColorSupported) return indent + colour(sign + text);
  return (
    indent +
    colour(sign + text.slice(0, from)) +
    colour(colours.bold(changed)) +
    colour(text.slice(from + changed.length))
  );
}

function fit(text: string, { lineLimit = 240 }: DiffStyle): string {
  const safe = text.length > 4 * lineLimit ? text : neutralise(text);
  if (safe.length <= lineLimit) return safe;
  const head = Math.ceil(lineLimit * 0.7);
  const tail = Math.floor(lineLimit * 0.2);
  const left = text.length - head - tail;
  return `${neutralise(text.slice(0, head))} … ${left} characters … ${neutralise(text.slice(-tail))}`;
}

function shortenRun(run: readonly DiffLine[], { runLimit }: DiffStyle): readonly (DiffLine | string)[] {
  if (runLimit === undefined || run.length <= runLimit) return run;
  const head = Math.ceil(runLimit / 2);
  const tail = Math.max(1, Math.floor(runLimit / 4));
  const sign = run[0]?.kind === 'added' ? '+' : '-';
  const indent = /^ */.exec(run[head]?.text ?? '')?.[0] ?? '';
  return [
    ...run.slice(0, head),
    `${sign}${indent}… ${run.length - head - tail} more lines …`,
    ...run.slice(-tail),
  ];
}
