import { commandLine, operands } from '../state/call.ts';
import { claimInput } from '../state/claim-input.ts';
import { deviceOf, joinSources, openFile, readFile } from '../state/files.ts';
import { reportUnknown } from '../state/found.ts';
import { fileKey, isSystemFile } from '../state/paths.ts';
import type { Call, Shell } from '../state/shell.ts';
import type { Source } from '../state/streams.ts';
import { show, stdoutOf, write } from '../state/write.ts';
import { writtenText } from '../values/read-value.ts';
import type { Value } from '../values/value.ts';

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
      call.site,
      'unknown-command',
      'cat prints a file that is not in the Experiment',
      commandLine(call),
    );
}

function readOperand(file: Value, call: Call): Source {
  return file.text === '-' ? call.shell.input : readFile(file, call.shell);
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
