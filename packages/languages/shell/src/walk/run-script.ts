import { runCase, runFor, runIf, runWhile } from './control-flow.ts';
import { mergeInto } from './merge.ts';
import type { CompoundList, Node, PipelineNode, Script, Statement } from './nodes.ts';
import { applyRedirects, claimInput } from './redirect.ts';
import { runCommand } from './run-command.ts';
import { runPipeline } from './run-pipeline.ts';
import { branch, type Shell, subshell } from './shell.ts';

/** Runs statements one after the other, until the shell leaves. */
export function runScript(script: Script | CompoundList, shell: Shell): void {
  for (const statement of script.commands) {
    if (shell.ended) return;
    runStatement(statement, shell);
  }
}

function runStatement(statement: Statement, shell: Shell): void {
  if (statement.background) {
    runNode(statement.command, subshell(shell));
    return;
  }
  runNode(statement.command, shell);
}

/** Runs one node by its type. */
export function runNode(node: Node | PipelineNode, shell: Shell): void {
  switch (node.type) {
    case 'Command':
      return runCommand(node, shell);
    case 'Pipeline':
      return runPipeline(node, shell);
    case 'AndOr':
      return runAndOr(node, shell);
    case 'If':
      return runIf(node, shell);
    case 'For':
    case 'Select':
      return runFor(node, shell);
    case 'ArithmeticFor':
    case 'While':
      return runWhile(node, shell);
    case 'Case':
      return runCase(node, shell);
    case 'Subshell': {
      const inner = subshell(shell);
      runScript(node.body, inner);
      return;
    }
    case 'BraceGroup':
      return runScript(node.body, shell);
    case 'CompoundList':
      return runScript(node, shell);
    case 'Redirected': {
      const { input, outputs } = shell;
      applyRedirects(node.redirects, shell);
      claimInput('a group of commands', false, shell);
      runNode(node.command, shell);
      shell.input = input;
      shell.outputs = outputs;
      return;
    }
    case 'Function':
      shell.functions.set(node.name.value, { body: node.body, layer: shell.layer });
      return;
    case 'Coproc':
      return runNode(node.body, subshell(shell));
  }
}

/**
 * `a && b || c`. What follows `&&` is taken to run, unless a test stands in front; what follows `||` may run or not.
 */
function runAndOr(node: Extract<Node, { type: 'AndOr' }>, shell: Shell): void {
  node.commands.forEach((command, i) => {
    if (shell.ended) return;
    const operator = node.operators[i - 1];
    if (operator === undefined || (operator === '&&' && !isTest(node.commands[i - 1])))
      return runNode(command, shell);
    const taken = branch(shell);
    taken.uncertain++;
    runNode(command, taken);
    const passed = branch(shell);
    mergeInto(shell, [passed, taken]);
  });
}

const tests = new Set([
  '[',
  'test',
  'grep',
  'command',
  'which',
  'type',
  'false',
  'diff',
  'cmp',
  'pgrep',
  'hash',
]);

function isTest(node: PipelineNode | undefined): boolean {
  if (node?.type === 'TestCommand' || node?.type === 'ArithmeticCommand') return true;
  if (node?.type === 'Pipeline')
    return node.prefixes.some(({ type }) => type === 'Negation') || isTest(node.commands.at(-1));
  return node?.type === 'Command' && tests.has(node.name?.text ?? '');
}
