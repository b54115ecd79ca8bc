import { type Filled, fillTemplate, partsWithin } from '../templates/fill.ts';
import type { Hole, Template } from '../templates/template.ts';
import type { LineMatch } from './filters/find-go-matches.ts';
import type { Filters } from './filters.ts';
import { probeRounds } from './probes.ts';
import { readLine } from './read-line.ts';

/** What a template can mean to the collector. */
export interface TemplateMatch {
  /** Metrics that it writes for sure, in order, each name once. */
  readonly metrics: readonly StatementMetric[];
  /**
   * What is open until run time: `name`, a name that a hole completes (`f"{k}={v}"`); `text`, the whole text
   * (`print(msg)`); `part`, a hole amid other words (`f"step {i}"`); absent, nothing.
   */
  readonly open?: 'name' | 'text' | 'part';
  /** Wanted names that a hole may complete; filled for `open: 'name'`. */
  readonly names: readonly string[];
  /** A wanted name stands in the text, and no filter finds it. */
  readonly unmatched: readonly string[];
  /** Whether the template holds no hole at all. */
  readonly constant: boolean;
}

/** Runs the real filters over a template, its holes filled with probes, and maps the captures back to its parts. */
export function matchTemplate(template: Template, filters: Filters): TemplateMatch {
  const holes = template.parts.filter((part) => part.kind === 'hole');
  const metrics = new Map<string, StatementMetric>();
  const literals = template.parts.map((part) => (part.kind === 'literal' ? part.text : '\0'));
  const named = filters.metrics.filter((name) => literals.some((text) => text.includes(name)));

  if (named.length > 0) {
    for (const round of holes.length > 0 ? probeRounds : probeRounds.slice(0, 1)) {
      if (metrics.size === named.length) break;
      const filled = fillTemplate(template, (hole) => round[hole.type]);
      for (const { match, line } of readLines(filled, filters)) {
        if (!metrics.has(match.name) || metrics.get(match.name)?.value === '')
          metrics.set(match.name, { name: match.name, ...valueExpression(template, filled, match, line) });
      }
    }
  }

  const open = holes.filter(mayHoldWords);
  const others = filters.metrics.filter((name) => !metrics.has(name));
  const names = open.length > 0 ? completedNames(template, others, filters) : [];
  const text = literals.join('');
  const ending = endsAmid(text, others);
  return {
    metrics: [...metrics.values()],
    names: [...new Set([...names, ...ending])],
    ...(names.length + ending.length > 0
      ? { open: 'name' as const }
      : open.length > 0
        ? { open: /[\p{L}\p{N}]/u.test(text) ? ('part' as const) : ('text' as const) }
        : {}),
    unmatched: named.filter((name) => !metrics.has(name) && !ending.includes(name)),
    constant: holes.length === 0,
  };
}

function mayHoldWords(hole: Hole): boolean {
  return hole.type === 'string' || hole.type === 'unknown';
}

function* readLines(filled: Filled, filters: Filters): Generator<{ match: LineMatch; line: number }> {
  let from = 0;
  for (const line of filled.text.split('\n')) {
    for (const match of readLine(line, filters)) yield { match, line: from };
    from += line.length + 1;
  }
}

/** What keeps a value empty that is followed by it: `score => 0.5`, `loss="0.5"`, `loss==0.5`. */
const ENDS_EMPTY = /^[=>:|"'\n]/;

/** The expression that gives the value: the one hole that the capture lies in, else the captured literal text. */
function valueExpression(
  template: Template,
  filled: Filled,
  match: LineMatch,
  line: number,
): { value?: string } {
  const touched = partsWithin(filled, line + match.valueFrom, line + match.valueTo);
  if (touched.length !== 1) {
    // `loss={t}` with a tensor: the default filter captures nothing, so look at what stands right behind the name.
    const behind =
      touched.length === 0 ? template.parts[filled.starts.indexOf(line + match.valueTo)] : undefined;
    return behind?.kind === 'hole' ? { value: behind.expression } : {};
  }
  const part = template.parts[touched[0] as number];
  if (!part) return {};
  if (part.kind === 'hole') return { value: part.expression };
  const behind = part.text.slice(line + match.valueTo - (filled.starts[touched[0] as number] as number));
  return match.value === '' && !ENDS_EMPTY.test(behind) ? {} : { value: match.value };
}

/**
 * Wanted names that come out when one open hole is filled to complete them: `f"{k}={v}"`, `f"{split}_loss={v}"`.
 *
 *     val_loss      wanted
 *     {split}_loss={v}
 *     ^^^^^^^ `val` completes it
 */
function completedNames(template: Template, wanted: readonly string[], filters: Filters): readonly string[] {
  return wanted.filter((name) =>
    template.parts.some((_, index) => completes(template, index, name, filters)),
  );
}

function completes(template: Template, index: number, name: string, filters: Filters): boolean {
  const hole = template.parts[index];
  if (hole?.kind !== 'hole' || !mayHoldWords(hole)) return false;
  // What a name is made of stands close by; long templates would take too long as a whole.
  const first = Math.max(0, index - 4);
  const near: Template = { parts: template.parts.slice(first, index + 6) };
  const before = literalAt(template, index - 1);
  const after = literalAt(template, index + 1);
  for (let head = 0; head <= name.length; head++) {
    if (!before.endsWith(name.slice(0, head))) continue;
    for (let tail = name.length; tail >= head; tail--) {
      if (!after.startsWith(name.slice(tail))) continue;
      if (head === 0 && tail === name.length && after === '' && before === '' && template.parts.length === 1)
        continue;
      const filled = fillTemplate(near, (other, at) =>
        at === index - first
          ? name.slice(head, tail)
          : mayHoldWords(other) && at < index - first
            ? ''
            : (probeRounds[0]?.[other.type] ?? ''),
      );
      const from = filled.starts[index - first] as number;
      const to = filled.starts[index - first + 1] as number;
      for (const { match, line } of readLines(filled, filters)) {
        if (match.name === name && line + match.nameFrom <= from && to <= line + match.nameTo) return true;
      }
    }
  }
  return false;
}

function literalAt(template: Template, index: number): string {
  const part = template.parts[index];
  return part?.kind === 'literal' ? part.text : '';
}

/** Names that the text ends with: the line may go on with the value (`print("accuracy", end="")`). */
function endsAmid(text: string, names: readonly string[]): readonly string[] {
  const end = text.trimEnd();
  return text.endsWith('\n') ? [] : names.filter((name) => end.endsWith(name));
}

/**
 * What an output statement is to the collector.
 *
 * - `metric`: it writes a wanted metric, the name known before the program runs.
 * - `dynamic`: it may write a wanted metric; the name or the text is known only at run time.
 * - `unlikely`: as far as can be seen, it writes none.
 * - `never`: it writes none (constant text), or can not be touched (compiled code).
 * - `suppressed`: a comment asks to leave it alone.
 */
export type Verdict = 'metric' | 'dynamic' | 'unlikely' | 'never' | 'suppressed';

/** A metric that a statement writes, with the expression that gives its value. */
export interface StatementMetric {
  readonly name: string;
  /** The value's expression in the source, or the literal text; absent if it is not one expression. */
  readonly value?: string;
}
