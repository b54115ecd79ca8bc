import type { Language } from '../language/language.ts';
import type { Wrapper } from '../language/wrapper.ts';
import type { Layer } from '../layers/layer.ts';
import { overlaps } from '../layers/range.ts';
import { baseName, findInterpreter, findWrapper, languageOfFile } from './find-interpreter.ts';
import type { Followed } from './followed.ts';
import { type Flag, readFlags } from './read-flags.ts';
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
  return follow(words, context.languages, context.dropsEnvironment, 0);
}

function follow(
  words: readonly Layer[],
  languages: readonly Language[],
  drops: boolean,
  depth: number,
): Followed {
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
    const read = readInterpreter(words, known.language, known.interpreter, drops);
    if (read.kind !== 'program' || read.source.kind !== 'module') return read;
    const launcher = findWrapper(`-m ${read.source.name.text}`, languages);
    if (!launcher) return read;
    return throughWrapper(launcher, [name, ...read.args], languages, read.dropsEnvironment, depth);
  }
  const wrapper = findWrapper(base, languages);
  if (!wrapper) return { kind: 'command', words, dropsEnvironment: drops };
  return throughWrapper(wrapper, words, languages, drops, depth);
}

function throughWrapper(
  { wrapper, language }: NonNullable<ReturnType<typeof findWrapper>>,
  words: readonly Layer[],
  languages: readonly Language[],
  dropsBefore: boolean,
  depth: number,
): Followed {
  const name = words[0] as Layer;
  const command = baseName(name.text);
  if (wrapper.runs === 'nothing')
    return { kind: 'unknown', reason: `${command} is not followed: ${wrapper.because}` };

  // `-m` of a launcher names a module, unless the table says otherwise.
  const program = wrapper.runs === 'program' || wrapper.runs === 'either';
  const grammar = {
    flags: { ...(program ? { '-m': 1, '--module': 1 } : {}), ...wrapper.flags },
    longByOneDash: wrapper.longByOneDash ?? false,
  };
  let { flags, next } = readFlags(words, 1, grammar);
  if (wrapper.subcommand) {
    if (!wrapper.subcommand.includes(words[next]?.text ?? '')) {
      if (!wrapper.because) return { kind: 'command', words, dropsEnvironment: dropsBefore };
      if (findInterpreter(words[next]?.text ?? '', languages))
        return follow(words.slice(next), languages, dropsBefore, depth + 1);
      return { kind: 'unknown', reason: `${command} is not followed: ${wrapper.because}` };
    }
    const more = readFlags(words, next + 1, grammar);
    flags = [...flags, ...more.flags];
    next = more.next;
  }
  const has = (names: readonly string[] | undefined): boolean =>
    names !== undefined && flags.some((flag) => names.includes(flag.name));

  let dropsHere = wrapper.drops === true || (wrapper.drops !== undefined && has(wrapper.drops));
  if (words[next]?.text === '-' && Array.isArray(wrapper.drops) && wrapper.drops.includes('-')) {
    dropsHere = true;
    next++;
  }
  const drops = dropsBefore || (dropsHere && !has(wrapper.keeps));

  if (has(wrapper.textFlags))
    return { kind: 'unknown', reason: `the text that ${command} is given is not followed` };

  const split = wrapper.splitFlag && flagValue(flags, wrapper.splitFlag, '--split-string');
  if (split) {
    // Its words come first; a word behind them is an assignment only if none of them is the command.
    if (split.opaque.length > 0)
      return { kind: 'unknown', reason: `the words of ${command} -S are known only at run time` };
    return follow([name, ...splitWords(split), ...words.slice(next)], languages, drops, depth + 1);
  }
  if (wrapper.assignments) while (/^[A-Za-z_]\w*=/.test(words[next]?.text ?? '')) next++;

  next += wrapper.operands ?? 0;
  // `timeout 10 -- python`: flags may go on behind the operands.
  if (wrapper.operands) next = readFlags(words, next, grammar).next;
  const rest = words.slice(next);
  if (!program || has(wrapper.commandFlags)) return follow(rest, languages, drops, depth + 1);
  return runProgram(wrapper, language, command, flags, rest, languages, drops, depth);
}

/**
 * A launcher's program: a script, or a module behind `-m`.
 *
 * @param usual the language that has the launcher
 */
function runProgram(
  wrapper: Wrapper,
  usual: Language | undefined,
  command: string,
  flags: readonly Flag[],
  rest: readonly Layer[],
  languages: readonly Language[],
  dropsEnvironment: boolean,
  depth: number,
): Followed {
  const unknown = { kind: 'unknown', reason: `${command} runs a language that is not supported` } as const;
  const at = flags.findIndex((flag) => flag.name === '-m' || flag.name === '--module');
  const module = flags[at]?.value;
  if (module) {
    if (!usual) return unknown;
    return {
      kind: 'program',
      language: usual,
      command,
      source: { kind: 'module', name: module },
      args: rest,
      dropsEnvironment,
    };
  }
  const [script, ...args] = rest;
  if (!script) return { kind: 'nothing' };
  const byEnding = languageOfFile(script.text, languages);
  if (wrapper.runs === 'either' && !byEnding && script.text !== '-')
    return follow(rest, languages, dropsEnvironment, depth + 1);
  const language = byEnding ?? usual;
  if (!language) return unknown;
  const source =
    script.text === '-' ? ({ kind: 'stdin' } as const) : ({ kind: 'file', path: script } as const);
  return { kind: 'program', language, command, source, args, dropsEnvironment };
}

function flagValue(flags: readonly Flag[], ...names: readonly string[]): Layer | undefined {
  return flags.find((flag) => names.includes(flag.name) && flag.value)?.value;
}
