import { writtenText } from '../values/read-value.ts';
import { joinValues, type Value } from '../values/value.ts';
import { type Call, commandLine, operands } from '../walk/call.ts';
import { fileKey } from '../walk/paths.ts';
import { claimInput, deviceOf, openFile, readFile } from '../walk/redirect.ts';
import { reportUnknown } from '../walk/report-unknown.ts';
import { isSystemFile } from '../walk/run-other.ts';
import type { Shell } from '../walk/shell.ts';
import type { Source } from '../walk/streams.ts';
import { stdoutOf, write } from '../walk/write.ts';
import { show } from './show.ts';

/** `cat`: its files, or what it reads, one after the other. */
export function runCat(call: Call): void {
  const { shell } = call;
  const files = operands(call);
  const plain = files.length + 1 === call.words.length;
  const sources = files.length === 0 ? [shell.input] : files.map((file) => readOperand(file, call));
  if (sources.includes(shell.input)) claimInput('cat', plain ? 'all' : 'some', shell);
  const text = plain ? joinSources(sources) : undefined;
  // What comes through a pipe is the output of the commands in front.
  const passesOn =
    sources.every((source) => source === shell.input) && shell.input.kind !== 'container' && shell.input.pipe;
  if (text) {
    if (passesOn) write(stdoutOf(shell), text, 'cat', shell);
    else show(call, 'cat', text);
    return;
  }
  write(stdoutOf(shell), undefined, 'cat', shell);
  const outside = files.some(
    (file, i) => sources[i]?.kind === 'unknown' && sources[i] !== shell.input && !isSystemFile(file),
  );
  if (outside && stdoutOf(shell).kind === 'container')
    reportUnknown(
      shell,
      call.place,
      'unknown-command',
      'cat prints a file that is not in the Experiment',
      commandLine(call),
    );
}

function readOperand(file: Value, call: Call): Source {
  return file.text === '-' ? call.shell.input : readFile(file, call.shell);
}

/** `< file` as a command: in a substitution it is the file's text. */
export function runRead({ shell }: Call): void {
  const output = stdoutOf(shell);
  if (output.kind === 'pipe') write(output, joinSources([shell.input]), 'a redirection', shell);
}

/** The texts of all sources in a row; absent if one of them isn't known. */
export function joinSources(sources: readonly Source[]): Value | undefined {
  const values: Value[] = [];
  for (const source of sources) {
    const [value] = source.kind === 'known' && source.choices.length === 1 ? source.choices : [];
    if (!value) return undefined;
    values.push(value);
  }
  return joinValues(values);
}

/** Whether what is written to it comes out nowhere else: `tee >(cat >&2)` and `tee /dev/stderr` show it twice. */
function isPlainFile(file: Value, shell: Shell): boolean {
  const device = deviceOf(fileKey(file, shell), shell);
  return device ? device.kind === 'nowhere' : !writtenText(file).startsWith('>(');
}

/** `tee FILE…`: what it reads, into files and on to its output. */
export function runTee(call: Call): void {
  const { shell } = call;
  claimInput('tee', operands(call).every((file) => isPlainFile(file, shell)) ? 'all' : 'some', shell);
  const append = call.words.some((word) => word.text === '-a' || word.text === '--append');
  const text = joinSources([shell.input]);
  for (const file of operands(call)) {
    const key = fileKey(file, shell);
    if (deviceOf(key, shell)) continue;
    openFile(key, append, shell);
    write({ kind: 'file', key, name: writtenText(file) }, text, 'tee', shell);
  }
  if (text && shell.input.kind !== 'container' && shell.input.pipe)
    write(stdoutOf(shell), text, 'tee', shell);
  else if (text) show(call, 'tee', text);
  else write(stdoutOf(shell), undefined, 'tee', shell);
}
