import { dirname, join, resolve } from 'node:path';
import type { Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { describeFault } from '../problems/describe-fault.ts';
import { CommandFailure, problem } from '../problems/problem.ts';

/** The name of the file that is looked for in the caller's folder and those above it. */
export const configName = '.katib-push.yaml';

/** Options that are the command line's own. */
const notInFile = ['config', 'help', 'version', 'filename', 'in-place', 'output-dir'];

/**
 * Gives a command the options that its user keeps in a file: those that the command line doesn't name.
 *
 *     coverage: output          # for every command that has --coverage
 *     dry-run:
 *       output: json            # for one command alone
 *
 * Keys are the long names of options. Throws a CommandFailure where the file can't be read, is no mapping, or names an option
 * or a value that there isn't.
 *
 * @param given `--config FILE`; false for `--no-config`; absent to look for {@link configName}
 */
export async function applyConfig(
  command: Command,
  commands: readonly Command[],
  given: string | boolean | undefined,
  io: Io,
): Promise<void> {
  if (given === false) return;
  const path = typeof given === 'string' ? resolve(io.cwd, given) : await findConfig(io);
  if (path === undefined) return;
  const entries = await readConfig(path, io);
  const general: [string, unknown][] = [];
  const special: [string, unknown][] = [];
  for (const [key, value] of Object.entries(entries)) {
    const section = commands.find((each) => each.name() === key);
    if (!section) general.push([key, value]);
    else if (section === command) special.push(...Object.entries(mappingOf(value, path, key)));
  }
  for (const [name] of general) await checkName(name, path, commands);
  for (const [name, value] of [...general, ...special]) {
    const option = optionOf(command, name);
    if (option) setOption(command, option, value, path);
    else if (special.some(([each]) => each === name)) await checkName(name, path, [command]);
  }
}

async function findConfig(io: Io): Promise<string | undefined> {
  for (let folder = io.cwd; ; folder = dirname(folder)) {
    const path = join(folder, configName);
    if ((await io.statFile(path).catch(() => undefined)) === 'file') return path;
    if (dirname(folder) === folder) return undefined;
  }
}

async function readConfig(path: string, io: Io): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await io.readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw fault(path, `can't be read: ${describeFault(error)}`);
  });
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw fault(path, `is no YAML: ${(error as Error).message.split('\n')[0]?.replace(/:$/, '')}`);
  }
  return value === null ? {} : mappingOf(value, path);
}

function mappingOf(value: unknown, path: string, key?: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw fault(path, `${key === undefined ? '' : `${key} `}has to be a mapping of options and values`);
}

async function checkName(name: string, path: string, commands: readonly Command[]): Promise<void> {
  const names = commands.flatMap(({ options }) => options.map(nameOf)).filter(isForFile);
  if (names.includes(name)) return;
  const { nearMatch } = await import('@katib-push/core');
  throw fault(path, `names no option ${name}${nearMatch(name, names).replace(/\?$/, '')}`);
}

function optionOf(command: Command, name: string): Option | undefined {
  return command.options.find((option) => nameOf(option) === name && isForFile(name));
}

function nameOf({ long }: Option): string {
  return (long ?? '').replace(/^--(?:no-)?/, '');
}

function isForFile(name: string): boolean {
  return name !== '' && !notInFile.includes(name);
}

function setOption(command: Command, option: Option, value: unknown, path: string): void {
  const key = option.attributeName();
  if (!['default', 'config', undefined].includes(command.getOptionValueSource(key))) return;
  if (option.isBoolean()) {
    if (typeof value !== 'boolean') throw fault(path, `${nameOf(option)} has to be true or false`);
    command.setOptionValueWithSource(key, option.negate ? !value : value, 'config');
    return;
  }
  let read: unknown;
  for (const text of [value].flat().map(String)) {
    if (option.argChoices && !option.argChoices.includes(text))
      throw fault(path, `${nameOf(option)} is ${text}; it can be ${option.argChoices.join(', ')}`);
    try {
      read = option.parseArg ? option.parseArg(text, read as never) : text;
    } catch (error) {
      throw fault(path, `${nameOf(option)} is ${text}: ${(error as Error).message.replace(/\.$/, '')}`);
    }
  }
  command.setOptionValueWithSource(key, read, 'config');
}

function fault(path: string, message: string): CommandFailure {
  return new CommandFailure([
    problem('usage', `${path} ${message}.`, {
      file: path,
      hint: 'Correct the file, or leave it out with --no-config.',
    }),
  ]);
}
