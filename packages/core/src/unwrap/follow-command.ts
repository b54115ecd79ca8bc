import type { Language } from '../language/language.ts';
import type { Wrapper } from '../language/wrapper.ts';
import type { Layer } from '../layers/layer.ts';
import { overlaps } from '../layers/range.ts';
import { baseName, findInterpreter, findWrapper, languageOfFile } from './find-interpreter.ts';
import type { Followed } from './followed.ts';
import { type Flag, type FlagGrammar, readFlags } from './read-flags.ts';
import { readInterpreter } from './read-interpreter.ts';
import { splitWords } from './split-words.ts';

/** What following a command needs to know. */
export interface FollowContext {
  readonly languages: readonly Language[];
  /** Whether something further in front may drop the environment. */
  readonly dropsEnvironment: boolean;
}

const deepest = 32;

/**
 * Follows a command line to the program it runs: looks through the commands in front of the interpreter, then reads the
 * interpreter's flags. Never throws on user input.
 *
 *     env A=1 nohup timeout 9 python -u train.py
 *     ^       ^     ^         ^ interpreter
 *     three wrappers
 *
 * @param words the argv, at least one word; text that is known only at run time is opaque in them
 */
export function followCommand(words: readonly Layer[], context: FollowContext): Followed {
  return follow(words, { ...context, depth: 0 });
}

/** How far a command line has been followed. */
interface Following extends FollowContext {
  readonly depth: number;
}

function follow(words: readonly Layer[], context: Following): Followed {
  const { languages, dropsEnvironment, depth } = context;
  const [name] = words;
  if (!name) return { kind: 'nothing' };
  const base = baseName(name.text);
  const baseRange = { from: name.text.length - base.length, to: name.text.length };
  if (name.opaque.some((range) => overlaps(range, baseRange)))
    return { kind: 'unknown', reason: 'the command is known only at run time' };
  if (depth > deepest)
    return { kind: 'unknown', reason: `more than ${deepest} commands in front of each other` };

  const known = findInterpreter(base, languages);
  if (known) {
    const read = readInterpreter(words, known.language, known.interpreter, dropsEnvironment);
    if (read.kind !== 'program' || read.source.kind !== 'module') return read;
    const launcher = findWrapper(`-m ${read.source.name.text}`, languages);
    if (!launcher) return read;
    const within = { ...context, dropsEnvironment: read.dropsEnvironment };
    return throughWrapper(launcher, [name, ...read.args], within);
  }
  const wrapper = findWrapper(base, languages);
  if (!wrapper) return { kind: 'command', words, dropsEnvironment };
  return throughWrapper(wrapper, words, context);
}

function throughWrapper(
  { wrapper, language }: FoundWrapper,
  words: readonly Layer[],
  context: Following,
): Followed {
  const { languages, dropsEnvironment } = context;
  const name = words[0] as Layer;
  const command = baseName(name.text);
  const deeper = { ...context, depth: context.depth + 1 };
  const front = readFront(wrapper, command, words, languages);
  if ('reason' in front) return { kind: 'unknown', ...front };
  if (front.runs === 'nothing') return { kind: 'command', words, dropsEnvironment };
  if (front.runs === 'interpreter') return follow(words.slice(front.next), deeper);
  const { flags, next } = front;
  const has = (names: readonly string[] | undefined): boolean => hasFlag(flags, names);
  const within = {
    ...deeper,
    dropsEnvironment: dropsEnvironment || (front.drops && !has(wrapper.keeps)),
  };
  if (has(wrapper.textFlags))
    return { kind: 'unknown', reason: `the text that ${command} is given is not followed` };
  const split = wrapper.splitFlag && flagValue(flags, wrapper.splitFlag, '--split-string');
  if (split) {
    // Its words come first; a word behind them is an assignment only if none of them is the command.
    if (split.opaque.length > 0)
      return { kind: 'unknown', reason: `the words of ${command} -S are known only at run time` };
    return follow([name, ...splitWords(split), ...words.slice(next)], within);
  }
  const rest = words.slice(passOperands(wrapper, words, next));
  if (!runsProgram(wrapper) || !language || has(wrapper.commandFlags)) return follow(rest, within);
  const program = { kind: 'program', command, dropsEnvironment: within.dropsEnvironment } as const;
  const module = flagValue(flags, '-m', '--module');
  if (module) return { ...program, language, source: { kind: 'module', name: module }, args: rest };
  const [script, ...args] = rest;
  if (!script) return { kind: 'nothing' };
  if (script.text === '-') return { ...program, language, source: { kind: 'stdin' }, args };
  const byEnding = languageOfFile(script.text, languages);
  if (wrapper.runs === 'either' && !byEnding) return follow(rest, within);
  return { ...program, language: byEnding ?? language, source: { kind: 'file', path: script }, args };
}

type FoundWrapper = NonNullable<ReturnType<typeof findWrapper>>;

/** What stands between a wrapper's name and its operands; or what hinders following it. */
type Front =
  | {
      readonly runs: 'operands';
      readonly flags: readonly Flag[];
      readonly next: number;
      readonly drops: boolean;
    }
  /** An interpreter stands in place of a subcommand. */
  | { readonly runs: 'interpreter'; readonly next: number }
  | { readonly runs: 'nothing' }
  | { readonly reason: string };

export function readFront(
  wrapper: Wrapper,
  command: string,
  words: readonly Layer[],
  languages: readonly Language[],
): Front {
  const notFollowed = { reason: `${command} is not followed: ${wrapper.because}` };
  if (wrapper.runs === 'nothing') return notFollowed;
  const grammar = grammarOf(wrapper);
  let { flags, next } = readFlags(words, 1, grammar);
  if (wrapper.subcommand) {
    const given = words[next]?.text ?? '';
    if (!wrapper.subcommand.includes(given)) {
      if (!wrapper.because) return { runs: 'nothing' };
      return findInterpreter(given, languages) ? { runs: 'interpreter', next } : notFollowed;
    }
    const more = readFlags(words, next + 1, grammar);
    flags = [...flags, ...more.flags];
    next = more.next;
  }
  const { drops = [] } = wrapper;
  if (drops === true) return { runs: 'operands', flags, next, drops };
  const hasDash = words[next]?.text === '-' && drops.includes('-');
  return {
    runs: 'operands',
    flags,
    next: hasDash ? next + 1 : next,
    drops: hasDash || hasFlag(flags, drops),
  };
}

/** `-m` of a launcher names a module, unless the table says otherwise. */
function grammarOf(wrapper: Wrapper): FlagGrammar {
  return {
    flags: { ...(runsProgram(wrapper) ? { '-m': 1, '--module': 1 } : {}), ...wrapper.flags },
    longByOneDash: wrapper.longByOneDash ?? false,
  };
}

function runsProgram({ runs }: Wrapper): boolean {
  return runs === 'program' || runs === 'either';
}

/** The first word behind a wrapper's assignments and operands. */
export function passOperands(wrapper: Wrapper, words: readonly Layer[], start: number): number {
  let next = start;
  if (wrapper.assignments) while (/^[A-Za-z_]\w*=/.test(words[next]?.text ?? '')) next++;
  if (!wrapper.operands) return next;
  // `timeout 10 -- python`: flags may go on behind the operands.
  return readFlags(words, next + wrapper.operands, grammarOf(wrapper)).next;
}

function hasFlag(flags: readonly Flag[], names: readonly string[] | undefined): boolean {
  return names !== undefined && flags.some(({ name }) => names.includes(name));
}

function flagValue(flags: readonly Flag[], ...names: readonly string[]): Layer | undefined {
  return flags.find((flag) => names.includes(flag.name) && flag.value)?.value;
}
