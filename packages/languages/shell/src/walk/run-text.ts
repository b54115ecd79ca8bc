import type { Layer } from '@katib-push/core';
import { type ParsedScript, parse } from 'unbash';
import { reportUnknown } from '../state/found.ts';
import type { Shell } from '../state/shell.ts';
import { runScript } from './run-script.ts';

/** Runs a text in a shell: its own script, or what `eval` and `source` read. A syntax error is reported, and nothing run. */
export function runText(layer: Layer, shell: Shell): void {
  const before = shell.layer;
  shell.layer = layer;
  const script = parse(layer.text);
  if (isReadable(script, shell)) runScript(script, shell);
  shell.layer = before;
}

/** Whether a script has no syntax error; one that has is reported. */
export function isReadable(script: ParsedScript, shell: Shell): boolean {
  const [error] = script.errors ?? [];
  if (!error) return true;
  const { layer } = shell;
  const end = layer.text.indexOf('\n', error.pos);
  const range = { from: error.pos, to: end === -1 ? layer.text.length : end };
  reportUnknown(shell, range, 'shell-syntax-error', `the shell text can't be read: ${error.message}`);
  return false;
}
