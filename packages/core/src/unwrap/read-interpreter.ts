import type { Interpreter, Language } from '../language/language.ts';
import type { Layer } from '../layers/layer.ts';
import { baseName } from './find-interpreter.ts';
import type { Followed, ProgramSource } from './followed.ts';
import { slice } from './read-flags.ts';

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
  listedBy: Language,
  interpreter: Interpreter,
  dropsEnvironment: boolean,
): Followed {
  const language = interpreter.language ?? listedBy;
  const command = baseName((words[0] as Layer).text);
  const flags: string[] = [];
  let drops = dropsEnvironment;
  let inlineComes = false;
  let stdinFlag = false;
  let subcommand: 'file' | 'inline' | undefined;
  // where the last text counts: the one that is the last so far
  let inline: { readonly text: Layer; readonly flag: string } | undefined;
  let inlineLanguage = language;
  let next = 1;

  const found = (source: ProgramSource, argsFrom: number, as = language): Followed => ({
    kind: 'program',
    language: as,
    command,
    ...(flags.length > 0 ? { flags } : {}),
    source,
    args: words.slice(argsFrom),
    dropsEnvironment: drops,
  });

  while (next < words.length) {
    const word = words[next] as Layer;
    const { text } = word;
    if (text === '--') {
      next++;
      break;
    }
    const first: 'file' | 'inline' | undefined = subcommand ? undefined : interpreter.subcommands?.[text];
    if (first) {
      subcommand = first;
      next++;
      continue;
    }
    const isFlag =
      text.length > 1 && (text[0] === '-' || (interpreter.inlineIsOperand === true && text[0] === '+'));
    if (!isFlag) break;
    if (word.opaque.length > 0 && word.opaque[0]?.from === 0) break;
    next++;
    for (const flag of flagsOf(text, interpreter)) {
      const given = flag.rest < text.length ? text.slice(flag.rest) : words[next]?.text;
      const isLong = text.startsWith('--') && interpreter.flagsWithArgument.includes(flag.name);
      if (text[0] === '-') flags.push(isLong && given !== undefined ? `${flag.name}=${given}` : flag.name);
      if (interpreter.flagsThatExit?.includes(flag.name)) return { kind: 'nothing' };
      if (interpreter.flagsThatDropEnvironment?.includes(flag.name)) drops = true;
      const other = interpreter.otherInlineFlags?.find(({ name }) => name === flag.name);
      if (flag.name === interpreter.inlineFlag || other) {
        if (interpreter.inlineIsOperand) {
          inlineComes = true;
          continue;
        }
        const attached = flag.rest < text.length;
        const program = attached ? slice(word, flag.rest) : words[next];
        if (interpreter.inlineRepeats === 'last') {
          inlineLanguage = other?.language ?? inlineLanguage;
          // `-p -e TEXT`: a flag is no program
          if (!program || (!attached && program.text.startsWith('-'))) continue;
          inline = { text: program, flag: flag.name };
          if (attached) break;
          next++;
          continue;
        }
        if (!program) return { kind: 'unknown', reason: `${command} ${flag.name} without a program` };
        const from = attached ? next : next + 1;
        if (interpreter.inlineRepeats && words.slice(from).some((later) => later.text === flag.name))
          return { kind: 'unknown', reason: `${command} joins the texts of several ${flag.name}` };
        return found({ kind: 'inline', text: program, flag: flag.name }, from, other?.language);
      }
      if (flag.name === interpreter.moduleFlag) {
        const attached = flag.rest < text.length;
        const name = attached ? slice(word, flag.rest) : words[next];
        if (!name) return { kind: 'unknown', reason: `${command} ${flag.name} without a module` };
        return found({ kind: 'module', name }, attached ? next : next + 1);
      }
      if (interpreter.inlineIsOperand && flag.name === '-s') stdinFlag = true;
      if (interpreter.flagsWithArgument.includes(flag.name)) {
        // A shell's flags come in one cluster and their arguments after it: `-euo pipefail -c`.
        if (flag.rest >= text.length || interpreter.inlineIsOperand) next++;
        if (!interpreter.inlineIsOperand) break;
      }
    }
  }

  if (inline) return found({ kind: 'inline', ...inline }, next, inlineLanguage);
  const operand = words[next];
  if (inlineComes) {
    if (!operand) return { kind: 'unknown', reason: `${command} -c without a program` };
    return found({ kind: 'inline', text: operand, flag: interpreter.inlineFlag ?? '-c' }, next + 1);
  }
  if (subcommand === 'inline') {
    if (!operand) return { kind: 'unknown', reason: `${command} eval without a program` };
    return found({ kind: 'inline', text: operand, flag: 'eval' }, next + 1);
  }
  if (operand && interpreter.subcommands && !isProgramFile(operand.text, language))
    return { kind: 'unknown', reason: `what ${command} ${operand.text} runs is not in the Experiment` };
  if (!operand || stdinFlag) return found({ kind: 'stdin' }, next);
  if (operand.text === '-' || operand.text === '/dev/stdin') return found({ kind: 'stdin' }, next + 1);
  return found({ kind: 'file', path: operand }, next + 1);
}

function isProgramFile(text: string, { extensions }: Language): boolean {
  return text === '-' || text === '/dev/stdin' || extensions.some((ending) => text.endsWith(ending));
}

/**
 * The flags in one word, each with the place where an attached argument would begin.
 *
 *     -uc     -u, -c          -Wignore    -W, argument at 2         --check=x    --check, argument at 8
 */
function flagsOf(
  text: string,
  interpreter: Interpreter,
): readonly { readonly name: string; readonly rest: number }[] {
  if (text.startsWith('--')) {
    const equals = text.indexOf('=');
    if (equals === -1) return [{ name: text, rest: text.length }];
    return [{ name: text.slice(0, equals), rest: equals + 1 }];
  }
  if (interpreter.otherInlineFlags?.some(({ name }) => name === text))
    return [{ name: text, rest: text.length }];
  const flags: { name: string; rest: number }[] = [];
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
