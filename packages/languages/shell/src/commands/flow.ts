import { argument, commandLine } from '../state/call.ts';
import { claimInput } from '../state/claim-input.ts';
import { readFile } from '../state/files.ts';
import { reportUnknown } from '../state/found.ts';
import { hooks } from '../state/harmless.ts';
import { branch, type Call } from '../state/shell.ts';
import { stdoutOf, write } from '../state/write.ts';
import { fileName, knownText, writtenText } from '../values/read-value.ts';
import { addedValue, choicesOf, joinValues, joinWords } from '../values/value.ts';
import { runCall } from '../walk/run-command.ts';
import { runExternal } from '../walk/run-external.ts';
import { runHere } from '../walk/run-here.ts';

/** `eval WORDS`: the words, joined, run as shell text. */
export function evaluate(call: Call): void {
  if (call.words.length === 1) return;
  const value = joinWords(call.words.slice(1));
  if (value.pieces.every((piece) => piece.kind === 'expansion')) {
    claimInput('eval', 'some', call.shell);
    const inner = writtenText(value).replace(/^\$\(\s*|^`/, '');
    if (!hooks.test(inner))
      reportUnknown(
        call.shell,
        call.site,
        'not-followed',
        'eval runs text that is known only at run time',
        commandLine(call),
      );
    return;
  }
  for (const choice of choicesOf(value)) runHere(choice, 'eval', call);
}

/** Files that set up an environment and run no program. */
const setup =
  /(^|\/)(activate|\.?bashrc|\.?(bash_)?profile|conda\.sh|mamba\.sh|micromamba\.sh|setvars\.sh|env(\.sh)?|\.env|nvm\.sh|bash_completion|hbm-env\.sh|set_env\.sh)$|\/profile\.d\//;

/** `source FILE`, `. FILE`: the file's text, run by this shell. */
export function sourceFile(call: Call): void {
  const { shell } = call;
  const [, file, ...args] = call.words;
  if (!file) return;
  const source = readFile(file, shell);
  if (source.kind !== 'known') {
    claimInput(writtenText(file), 'some', shell);
    if (!setup.test(writtenText(file)))
      reportUnknown(
        shell,
        call.site,
        'script-in-image',
        `the script is in the image: ${writtenText(file)}`,
        commandLine(call),
      );
    return;
  }
  const before = shell.args;
  if (args.length > 0) shell.args = [shell.args[0] ?? file, ...args];
  for (const choice of source.choices) runHere(choice, fileName(file), call);
  shell.args = before;
}

/** `trap TEXT SIGNAL…`: run later or never, with what the shell holds by then; here it sees what it holds by now. */
export function runTrap(call: Call): void {
  const text = call.words[1];
  if (!text || call.words.length < 3 || text.text === '' || text.text === '-') return;
  if (knownText(text) === undefined) return;
  runHere(text, 'trap', { ...call, shell: branch(call.shell) });
}

/** `exec COMMAND`: nothing of the script is run after it. Without a command, its redirections stay. */
export function takeOver(call: Call): void {
  if (call.words.length === 1) return;
  runExternal(call);
  call.shell.ended = true;
}

export function leave({ shell }: Call): void {
  shell.ended = true;
}

/** `command NAME …`, `builtin NAME …`: as without it. `command -v NAME` says where it is. */
export function runDirectly(call: Call): void {
  const flag = argument(call, 1) ?? '';
  if (/^-[vV]$/.test(flag)) {
    locate({ ...call, words: call.words.slice(1) });
    return;
  }
  const words = call.words.slice(flag === '-p' || flag === '--' ? 2 : 1);
  if (words.length > 0) runCall({ ...call, words }, true);
}

/** `which NAME`: the command itself, as good as its path. */
export function locate(call: Call): void {
  const name = call.words[1];
  write(stdoutOf(call.shell), name ? joinValues([name, addedValue('\n')]) : undefined, 'which', call.shell);
}
