import type { Escape } from '@katib-push/core';
import { dottedPath } from '../names/imports.ts';
import { readLookup } from '../names/lookup.ts';
import { originOf } from '../names/origin.ts';
import { streamNamed } from '../names/stream-named.ts';
import { classifyUse } from '../names/use.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** A stream that no member of is taken at once. */
const REFERENCE = /(?<![\w$])(?:__)?std(?:out|err)(?:__)?\b(?!\s*\.)/g;

/** What writes to a stream that it is given, and is found by its own name: `print(x, file=sys.stderr)`. */
const KNOWN =
  /(?:^|\.)(?:print|echo|secho|pprint|pp|PrettyPrinter|print_\w+|Console|tqdm|trange|track|StreamHandler|basicConfig|logger\.add|redirect_std(?:out|err)|partial|run|call|check_call|check_output|Popen|fstat|isatty)$/;

/**
 * Places where an output stream gets away: it is handed on, stored, returned, or given another name. Where it goes from
 * there is not followed.
 *
 *     sys.stdout.write(x); print(x, file=sys.stderr); sys.stdout = sys.__stdout__      is used here
 *     out = sys.stdout; Reporter(sys.stdout); self.out = sys.stderr; from sys import stdout as out
 */
export function findEscapes(script: Script): readonly Escape[] {
  const found: Escape[] = [];
  for (const { index } of script.text.matchAll(REFERENCE)) {
    const holder = holderAt(script, script.root.at(index));
    if (holder && getsAway(script, holder)) found.push({ from: holder.from, to: holder.to });
  }
  return [...found, ...findBars(script)];
}

/** A progress bar, wrapped or not, that shows a text which only the run tells. */
const BAR =
  /\b(?:tqdm|trange|tqdm_notebook)\b(?=\)?[ \t]*\([^\n]{0,200}\b(?:desc|postfix)[ \t]*=[ \t]*(?!["'][^"'{}%\n]*["'][ \t]*[,)]))/g;
const SEVERAL = /(?:\b(?:tqdm\w*|trange)\)?[ \t]*\([\s\S]*){2}/;

/** Bars below each other, which move between their lines: what one has begun, another goes on with, on a stream of its own. */
function findBars({ text }: Script): readonly Escape[] {
  if (!/tqdm/.test(text) || !SEVERAL.test(text)) return [];
  return [...text.matchAll(BAR)].map(({ index, 0: name }) => ({
    from: index,
    to: index + name.length,
    withoutDescriptor: true,
  }));
}

/** The expression that a word stands in: `sys.stdout`, `stdout`, `getattr(sys, "stdout")`; the name that an import gives it. */
function holderAt(script: Script, word: Syntax): Syntax | undefined {
  const { parent } = word;
  if (word.type === 'string_content') {
    const call = parent?.parent?.parent;
    const lookup = call?.type === 'call' ? readLookup(script, call.field('function') ?? call) : undefined;
    return lookup?.callee;
  }
  if (word.type !== 'identifier' || !parent) return undefined;
  if (parent.type === 'dotted_name')
    return parent.parent?.type === 'aliased_import' ? parent.parent.field('alias') : undefined;
  return parent.type === 'attribute' && parent.to === word.to ? parent : word;
}

function getsAway(script: Script, holder: Syntax): boolean {
  if (holder.type === 'call') {
    if (!/^sys\.(?:__)?std(?:out|err)/.test(originOf(script, holder).path ?? '')) return false;
  } else if (streamNamed(script, holder) === undefined) return false;
  if (holder.parent?.type === 'aliased_import') return true;
  if (classifyUse(script, holder)?.kind !== 'value') return false;
  return !isTakenBack(script, holder) && !isGivenToKnown(script, holder);
}

/** `sys.stdout = sys.__stdout__` */
function isTakenBack(script: Script, holder: Syntax): boolean {
  const assignment = holder.parent;
  const [target] = assignment?.type === 'assignment' ? assignment.parts : [];
  return target !== undefined && /^sys\.std(?:out|err)$/.test(dottedPath(script, target) ?? '');
}

function isGivenToKnown(script: Script, holder: Syntax): boolean {
  const argument = holder.parent?.type === 'keyword_argument' ? holder.parent : holder;
  const call = argument.parent?.type === 'argument_list' ? argument.parent.parent : undefined;
  const callee = call?.field('function');
  return callee !== undefined && KNOWN.test(textOf(script, callee).replace(/\s+/g, ''));
}
