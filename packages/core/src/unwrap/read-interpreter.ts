import type { Interpreter, Language } from '../language/language.ts';
import type { Layer } from '../layers/layer.ts';
import { baseName } from './find-interpreter.ts';
import type { Followed, ProgramSource } from './followed.ts';
import { slice } from './read-flags.ts';

/** What was read of an interpreter's command line, up to the word `next`. */
interface Reading {
  readonly words: readonly Layer[];
  readonly interpreter: Interpreter;
  readonly language: Language;
  readonly command: string;
  readonly flags: string[];
  next: number;
  drops: boolean;
  /** Whether the program is the first word that is no flag. */
  inlineComes: boolean;
  stdinFlag: boolean;
}

/** A flag in a word, and where an argument of it that is attached to it would begin. */
interface FoundFlag {
  readonly name: string;
  readonly rest: number;
}

/**
 * Reads an interpreter's command line up to its program.
 *
 *     python3 -u -W ignore train.py --lr 0.1
 *     ^       ^  ^         ^        ^ args
 *     name    flags        program
 *
 * @param words the interpreter's name and what follows
 */
export function readInterpreter(
  words: readonly Layer[],
  language: Language,
  interpreter: Interpreter,
  dropsEnvironment: boolean,
): Followed {
  const reading: Reading = {
    words,
    interpreter,
    language,
    command: baseName((words[0] as Layer).text),
    flags: [],
    next: 1,
    drops: dropsEnvironment,
    inlineComes: false,
    stdinFlag: false,
  };
  while (reading.next < words.length) {
    const read = readWord(words[reading.next] as Layer, reading);
    if (read === 'operands') break;
    if (read) return read;
  }
  return readOperands(reading);
}

/** Reads one word in front of the operands: `operands` where they begin, or what is found; else the word is passed. */
function readWord(word: Layer, reading: Reading): Followed | 'operands' | undefined {
  const { interpreter } = reading;
  const { text } = word;
  if (text === '--') {
    reading.next++;
    return 'operands';
  }
  const sign = text.charAt(0);
  if (text.length < 2 || (sign !== '-' && !(interpreter.inlineIsOperand && sign === '+'))) return 'operands';
  if (word.opaque[0]?.from === 0) return 'operands';
  reading.next++;
  for (const flag of flagsOf(text, interpreter)) {
    const read = readFlag(flag, word, reading);
    if (read === 'word ends') break;
    if (read) return read;
  }
  return undefined;
}

/** Reads one flag: what it runs, or `word ends` where the rest of the word belongs to it. */
function readFlag(flag: FoundFlag, word: Layer, reading: Reading): Followed | 'word ends' | undefined {
  const { interpreter, words, command } = reading;
  const { text } = word;
  const isAttached = flag.rest < text.length;
  const argument = isAttached ? slice(word, flag.rest) : words[reading.next];
  const takesArgument = interpreter.flagsWithArgument.includes(flag.name);
  if (text.startsWith('-')) {
    const shown = text.startsWith('--') && takesArgument && argument ? `=${argument.text}` : '';
    reading.flags.push(flag.name + shown);
  }
  if (interpreter.flagsThatExit?.includes(flag.name)) return { kind: 'nothing' };
  const why = interpreter.flagsNotFollowed?.[flag.name];
  if (why) return { kind: 'unknown', reason: `${command} ${flag.name} is not followed: ${why}` };
  if (interpreter.flagsThatDropEnvironment?.includes(flag.name)) reading.drops = true;
  if (isInlineFlag(flag, interpreter)) return readInline(flag, isAttached, argument, reading);
  if (flag.name === interpreter.moduleFlag) {
    if (!argument) return { kind: 'unknown', reason: `${command} ${flag.name} without a module` };
    return found({ kind: 'module', name: argument }, reading.next + (isAttached ? 0 : 1), reading);
  }
  if (interpreter.inlineIsOperand && flag.name === '-s') reading.stdinFlag = true;
  if (!takesArgument) return undefined;
  // A shell's flags come in one cluster and their arguments after it: `-euo pipefail -c`.
  if (!isAttached || interpreter.inlineIsOperand) reading.next++;
  return interpreter.inlineIsOperand ? undefined : 'word ends';
}

function isInlineFlag({ name }: FoundFlag, { inlineFlag, otherInlineFlags }: Interpreter): boolean {
  return name === inlineFlag || (otherInlineFlags?.includes(name) ?? false);
}

/** Reads a flag whose argument is the program. */
function readInline(
  { name }: FoundFlag,
  isAttached: boolean,
  program: Layer | undefined,
  reading: Reading,
): Followed | undefined {
  const { interpreter, words, command } = reading;
  if (interpreter.inlineIsOperand) {
    reading.inlineComes = true;
    return undefined;
  }
  if (!program) return { kind: 'unknown', reason: `${command} ${name} without a program` };
  const from = reading.next + (isAttached ? 0 : 1);
  const isGivenAgain = words
    .slice(from)
    .some(({ text }) => flagsOf(text, interpreter).some((flag) => isInlineFlag(flag, interpreter)));
  if (interpreter.inlineRepeats && isGivenAgain)
    return { kind: 'unknown', reason: `${command} is given several texts by ${name}` };
  return found({ kind: 'inline', text: program, flag: name }, from, reading);
}

/** What runs where the flags have not said it. */
function readOperands(reading: Reading): Followed {
  const { words, next, command, interpreter, language } = reading;
  const operand = words[next];
  if (reading.inlineComes) {
    const flag = interpreter.inlineFlag ?? '-c';
    if (operand) return found({ kind: 'inline', text: operand, flag }, next + 1, reading);
    return { kind: 'unknown', reason: `${command} ${flag} without a program` };
  }
  if (operand && interpreter.filesByEnding && !isProgramFile(operand.text, language))
    return { kind: 'unknown', reason: `what ${command} ${operand.text} runs is not in the Experiment` };
  if (!operand || reading.stdinFlag) return found({ kind: 'stdin' }, next, reading);
  if (operand.text === '-' || operand.text === '/dev/stdin')
    return found({ kind: 'stdin' }, next + 1, reading);
  return found({ kind: 'file', path: operand }, next + 1, reading);
}

/** @param argsFrom the first word behind the program */
function found(
  source: ProgramSource,
  argsFrom: number,
  { command, drops, flags, language, words }: Reading,
): Followed {
  return {
    kind: 'program',
    language,
    command,
    ...(flags.length > 0 ? { flags } : {}),
    source,
    args: words.slice(argsFrom),
    dropsEnvironment: drops,
  };
}

function isProgramFile(text: string, { extensions }: Language): boolean {
  return text === '-' || text === '/dev/stdin' || extensions.some((ending) => text.endsWith(ending));
}

/**
 * The flags in one word, each with the place where an attached argument would begin.
 *
 *     -uc     -u, -c          -Wignore    -W, argument at 2         --check=x    --check, argument at 8
 */
function flagsOf(text: string, interpreter: Interpreter): readonly FoundFlag[] {
  if (text.startsWith('--')) {
    const equals = text.indexOf('=');
    if (equals === -1) return [{ name: text, rest: text.length }];
    return [{ name: text.slice(0, equals), rest: equals + 1 }];
  }
  if (interpreter.flagsNotFollowed && Object.hasOwn(interpreter.flagsNotFollowed, text))
    return [{ name: text, rest: text.length }];
  const flags: FoundFlag[] = [];
  for (let i = 1; i < text.length; i++) {
    const name = `${text[0]}${text[i]}`;
    flags.push({ name: name.replace('+', '-'), rest: i + 1 });
    const takesRest =
      name === interpreter.inlineFlag ||
      name === interpreter.moduleFlag ||
      interpreter.flagsWithArgument.includes(name);
    if (takesRest && !interpreter.inlineIsOperand) break;
  }
  return flags;
}
