import type {
  AndOr,
  CommandNode,
  CompoundList,
  Pipeline,
  PipelineNode,
  Redirected,
  Script,
  Statement,
} from 'unbash';
import { substituteWithin } from '../expand/substitute-within.ts';
import { reportUnknown } from '../state/found.ts';
import { mergeInto } from '../state/merge.ts';
import { branch, type Shell, subshell } from '../state/shell.ts';
import { runCase, runFor, runIf, runWhile } from './control-flow.ts';
import { applyRedirects } from './redirect.ts';
import { runCommand } from './run-command.ts';
import { runPipeline } from './run-pipeline.ts';

/** Every kind of node that is run. */
type Node = CommandNode | Pipeline | AndOr | CompoundList;

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

/** What each kind of node does. */
const runners: { readonly [T in Node['type']]: (node: Extract<Node, { type: T }>, shell: Shell) => unknown } =
  {
    AndOr: runAndOr,
    ArithmeticCommand: ({ expression }, shell) => substituteWithin(expression, shell),
    ArithmeticFor: runWhile,
    BraceGroup: (node, shell) => runScript(node.body, shell),
    Case: runCase,
    Command: runCommand,
    CompoundList: runScript,
    Coproc: ({ pos, end }, shell) =>
      reportUnknown(shell, { from: pos, to: end }, 'not-followed', 'coproc is not followed'),
    For: runFor,
    Function: ({ name, body }, shell) => shell.functions.set(name.value, { body, layer: shell.layer }),
    If: runIf,
    Pipeline: runPipeline,
    Redirected: runRedirected,
    Select: runFor,
    Subshell: ({ body }, shell) => runScript(body, subshell(shell)),
    TestCommand: ({ expression }, shell) => substituteWithin(expression, shell),
    While: runWhile,
  };

/** Runs one node by its type. */
export function runNode(node: Node, shell: Shell): void {
  const run = runners[node.type] as (node: Node, shell: Shell) => void;
  run(node, shell);
}

function runRedirected(node: Redirected, shell: Shell): void {
  const { input, outputs } = shell;
  applyRedirects(node.redirects, shell);
  runNode(node.command, shell);
  shell.input = input;
  shell.outputs = outputs;
}

/**
 * `a && b || c`. What follows `&&` is taken to run, unless a test stands in front; what follows `||` may run or not.
 */
function runAndOr(node: AndOr, shell: Shell): void {
  node.commands.forEach((command, i) => {
    if (shell.ended) return;
    const operator = node.operators[i - 1];
    if (operator === undefined || (operator === '&&' && !isTest(node.commands[i - 1]))) {
      runNode(command, shell);
      return;
    }
    const taken = branch(shell);
    runNode(command, taken);
    const passed = branch(shell);
    mergeInto(shell, [passed, taken]);
  });
}

const tests = /^(?:\[|test|grep|command|which|type|false|diff|cmp|pgrep|hash)$/;

/** Whether a command is run to find out something, so that what follows `&&` may not run. */
export function isTest(node: PipelineNode | undefined): boolean {
  if (node?.type === 'Pipeline')
    return node.prefixes.some(({ type }) => type === 'Negation') || isTest(node.commands.at(-1));
  if (node?.type === 'Command') return tests.test(node.name?.text ?? '');
  return node?.type === 'TestCommand' || node?.type === 'ArithmeticCommand';
}
