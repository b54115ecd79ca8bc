import type { CommandNode, Pipeline } from 'unbash';
import { claimInput } from '../state/claim-input.ts';
import { type Shell, subshell } from '../state/shell.ts';
import { makePipe, type Pipe, readPipe } from '../state/streams.ts';
import { runNode } from './run-script.ts';

/** `a | b | c`: each in a shell of its own, from left to right, so that what one writes is known to the next. */
export function runPipeline(node: Pipeline, shell: Shell): void {
  const [only] = node.commands;
  if (only && node.commands.length === 1) {
    runNode(only, shell);
    return;
  }
  let before: Pipe | undefined;
  node.commands.forEach((command, i) => {
    const stage = subshell(shell);
    if (before) stage.input = readPipe(before);
    const operator = node.operators[i];
    const pipe = operator === undefined ? undefined : makePipe(shell.uncertain);
    if (pipe) {
      const outputs = new Map(stage.outputs).set(1, pipe);
      stage.outputs = operator === '|&' ? outputs.set(2, pipe) : outputs;
    }
    const { input, outputs } = stage;
    runNode(command, stage);
    // What runs there reads nothing.
    if (before?.readers.length === 0) claimInput(nameOf(command), 'none', { ...stage, input, outputs });
    before = pipe;
  });
}

function nameOf(node: CommandNode): string {
  return node.type === 'Command' ? (node.name?.text ?? 'nothing') : 'a group of commands';
}
