import type { Assignment, Command } from 'unbash';
import { expandSingle, expandWord } from '../expand/expand-word.ts';
import { substituteWithin } from '../expand/substitute-within.ts';
import { limits } from '../limits.ts';
import { commandLine } from '../state/call.ts';
import { claimInput } from '../state/claim-input.ts';
import { joinSources } from '../state/files.ts';
import { reportUnknown } from '../state/found.ts';
import { type Call, type Shell, type ShellFunction, setVariable } from '../state/shell.ts';
import { showFrom, traced } from '../state/watch.ts';
import { stdoutOf, write } from '../state/write.ts';
import { unquotedWord } from '../values/encodings.ts';
import { knownText } from '../values/read-value.ts';
import { choicesOf, emptyValue, joinValues, makeValue, readOnlyValue, type Value } from '../values/value.ts';
import { applyRedirects } from './redirect.ts';
import { runExternal } from './run-external.ts';
import { runNode } from './run-script.ts';

/** Runs one simple command: expands its words, makes its redirections, sets its variables, and runs what it names. */
export function runCommand(node: Command, shell: Shell): void {
  const { walk } = shell;
  walk.steps++;
  if (walk.steps > limits.commands) {
    if (walk.steps === limits.commands + 1)
      reportUnknown(
        shell,
        { from: node.pos, to: node.end },
        'not-followed',
        `more than ${limits.commands} commands`,
      );
    shell.ended = true;
    return;
  }
  const { shows } = shell;
  const words: Value[] = [];
  const assignments: Assignment[] = [];
  if (node.name) words.push(...expandWord(node.name, shell));
  for (const arg of node.args) {
    if (arg.type === 'Word') words.push(...expandWord(arg, shell));
    else {
      assignments.push(arg);
      words.push(assignmentWord(arg, shell));
    }
  }
  if (shows !== 'nothing') words.splice(0, words.length, ...words.map((word) => readOnlyValue(word, traced)));
  const { input, outputs } = shell;
  applyRedirects(node.redirects, shell);
  const prefix = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
  const site = { layer: shell.layer, from: node.pos, to: node.end };
  const name = { from: node.name?.pos ?? node.pos, to: node.name?.end ?? node.pos };
  const call: Call = { words, assignments, site, name, shell };

  if (words.length === 0) {
    for (const assignment of prefix) assign(assignment, shell);
    // `$(< file)` is the file's text.
    const [only] = node.redirects;
    if (node.redirects.length === 1 && only?.type === 'Redirect' && only.operator === '<') runRead(call);
  } else {
    const undo = prefix.map((assignment) => assignFor(assignment, shell));
    runCall(call);
    for (const restore of undo.reverse()) restore();
  }
  const keepsStreams = words.length === 1 && words[0] && knownText(words[0]) === 'exec';
  if (!keepsStreams) {
    shell.input = input;
    shell.outputs = outputs;
  }
}

/** `< file` as a command: in a substitution it is the file's text. */
function runRead({ shell }: Call): void {
  const output = stdoutOf(shell);
  if (output.kind === 'pipe') write(output, joinSources([shell.input]), 'a redirection', shell);
}

/**
 * Runs a command whose words are known: a function, a command that the shell models, or another one.
 *
 * @param passesFunctions set behind what runs no function: `command`, `builtin`, `env`
 */
export function runCall(call: Call, passesFunctions = false): void {
  const name = call.words[0] && knownText(call.words[0]);
  const { commands } = call.shell.walk;
  const builtin = name?.replace(/^(\/usr(\/local)?)?\/s?bin\//, '') ?? '';
  if (name === 'set') showFrom(call);
  if (name !== undefined && !passesFunctions && call.shell.functions.has(name))
    runFunction(name, call.shell.functions.get(name), call);
  else if (Object.hasOwn(commands, builtin)) commands[builtin]?.(call);
  else runExternal(call);
}

function runFunction(name: string, defined: ShellFunction | undefined, call: Call): void {
  const { shell } = call;
  if (!defined || shell.callDepth >= limits.calls) {
    const reason = defined
      ? 'functions call each other too deep'
      : `what ${name} is depends on the way taken`;
    claimInput(name, 'some', shell);
    write(stdoutOf(shell), undefined, name, shell);
    reportUnknown(shell, call.site, 'not-followed', reason, commandLine(call));
    return;
  }
  shell.walk.called.add(defined);
  const { args, argsKnown, layer } = shell;
  shell.args = [args[0] ?? emptyValue, ...call.words.slice(1)];
  shell.argsKnown = true;
  shell.layer = defined.layer;
  shell.callDepth++;
  runNode(defined.body, shell);
  shell.callDepth--;
  shell.layer = layer;
  shell.args = args;
  shell.argsKnown = argsKnown;
}

/** `NAME=value` as it is handed on to a command. */
function assignmentWord(assignment: Assignment, shell: Shell): Value {
  const { value } = assignment;
  const name = makeValue([
    { kind: 'verbatim', layer: shell.layer, from: assignment.pos, to: value.pos, encoding: unquotedWord },
  ]);
  return value.type === 'Word' ? joinValues([name, expandSingle(value, shell)]) : name;
}

/** Sets a variable, or an array, from here on. */
export function assign(assignment: Assignment, shell: Shell): void {
  const { name, value, append, index } = assignment;
  substituteWithin(index, shell);
  if (value.type === 'ArrayValue') {
    const elements = value.elements.flatMap((element) => expandWord(element, shell));
    shell.variables.delete(name);
    shell.arrays.set(name, append ? [...(shell.arrays.get(name) ?? []), ...elements] : elements);
    return;
  }
  const given = expandSingle(value, shell);
  const expanded = shell.shows === 'nothing' ? given : readOnlyValue(given, traced);
  if (index) {
    shell.arrays.delete(name);
    return;
  }
  if (append) {
    const before = shell.variables.get(name);
    const choices = before?.choices.length === 1 ? [joinValues([before.choices[0] as Value, expanded])] : [];
    setVariable(shell, name, choices);
    return;
  }
  setVariable(shell, name, choicesOf(expanded));
}

/** Sets a variable for one command only. */
function assignFor(assignment: Assignment, shell: Shell): () => void {
  const { name } = assignment;
  const variable = shell.variables.get(name);
  const elements = shell.arrays.get(name);
  assign(assignment, shell);
  return () => {
    if (variable) shell.variables.set(name, variable);
    else shell.variables.delete(name);
    if (elements) shell.arrays.set(name, elements);
  };
}
