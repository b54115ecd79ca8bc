import { baseName, lookThrough, type SureCommand } from '@katib-push/core';
import { parse } from 'unbash';
import { limits } from '../limits.ts';
import { effectOf } from './known-commands.ts';
import { type Scan, scanScript } from './scan-script.ts';

/** What a stretch of a script comes to: the command, a hindrance, or nothing yet. */
export type Outcome = SureCommand | undefined;

const shells = /^(?:ba|da|a|rba)?sh$/;
/** Flags with which a shell reads files of its own first. */
const readsProfile = /^(?:-[a-zA-Z]*[li][a-zA-Z]*|--login|--rcfile|--init-file)$/;
const onlyAsks = /^(?:-V|-VV|--version|-h|--help)$/;

/** See `Host.sureCommand`. */
export function sureCommand(words: readonly string[], isWanted: (name: string) => boolean): SureCommand {
  const scan: Scan = { isWanted, functions: new Map(), changesFolder: false, makesFiles: false, depth: 0 };
  return scanWords(words, scan) ?? { hindrance: 'no command that surely runs is one' };
}

/**
 * What one command line comes to.
 *
 * @param words the name and the arguments; what is known only at run time holds a `$`
 */
export function scanWords(words: readonly string[], scan: Scan): Outcome {
  if (words[0] === 'command' && /^-[vV]/.test(words[1] ?? '')) return undefined;
  const looked = lookThrough(words);
  if ('hindrance' in looked) return looked;
  const [name, ...args] = looked.words;
  if (name === undefined) return undefined;
  if (/[$`*?[]|^~/.test(name) && name !== '[' && name !== '[[')
    return { hindrance: `the command ${name} is known only at run time` };
  const base = baseName(name);
  const defined = scan.functions.get(name);
  if (defined)
    return scan.depth >= limits.calls
      ? { hindrance: 'functions call each other too deep' }
      : defined({ ...scan, depth: scan.depth + 1 });
  if (scan.isWanted(base)) {
    if (onlyAsks.test(args[0] ?? '')) return undefined;
    const moves = scan.changesFolder || looked.changesFolder;
    if (name.includes('/') && !name.startsWith('/') && moves)
      return { hindrance: `the folder changes before ${name}` };
    if (name.includes('/') && scan.makesFiles) return { hindrance: `${name} may be made by the script` };
    return { word: name };
  }
  if (shells.test(base)) return scanShell(base, args, scan);
  if (/^pip[\d.]*$/.test(base)) return undefined;
  switch (effectOf(base)) {
    case 'programs':
      return { hindrance: `${base} may install or replace an interpreter` };
    case 'unknown':
      return { hindrance: `it runs ${base} first` };
    case 'files':
      scan.makesFiles = true;
      return undefined;
    case 'none':
      if (/^(?:cd|chdir|pushd|popd)$/.test(base)) scan.changesFolder = true;
      if (changesPath(base, args)) return { hindrance: `${base} changes PATH` };
      if (/^(?:export|declare|typeset|readonly)$/.test(base) && args.some((arg) => /^[$`]/.test(arg)))
        return { hindrance: `${base} sets variables that are known only at run time` };
      return undefined;
  }
}

/** `bash -c TEXT`. */
function scanShell(shell: string, args: readonly string[], scan: Scan): Outcome {
  const flags: string[] = [];
  let next = 0;
  for (; /^[-+]./.test(args[next] ?? ''); next++) {
    flags.push(args[next] as string);
    if (/^[-+][a-zA-Z]*[oO]$/.test(args[next] ?? '')) next++; // `-euo pipefail`
  }
  const profile = flags.find((flag) => readsProfile.test(flag));
  if (profile) return { hindrance: `${shell} ${profile} reads a profile, which may set PATH` };
  const text = args[next];
  if (!flags.some((flag) => /^-[a-zA-Z]*c/.test(flag)) || text === undefined)
    return { hindrance: `${shell} runs a script that is not read` };
  if (scan.depth >= limits.calls) return { hindrance: 'shells are nested too deep' };
  const script = parse(text);
  if (script.errors?.length) return { hindrance: `the text of ${shell} can't be read` };
  return scanScript(script, { ...scan, functions: new Map(), depth: scan.depth + 1 });
}

function changesPath(name: string, args: readonly string[]): boolean {
  const assigns =
    /^(?:export|declare|typeset|local|readonly|unset|read|set|getopts|mapfile|readarray)$/.test(name) ||
    (name === 'printf' && args[0] === '-v');
  return assigns && args.some((arg) => /^PATH(?:$|\+?=)/.test(arg) && !(name === 'export' && arg === 'PATH'));
}
