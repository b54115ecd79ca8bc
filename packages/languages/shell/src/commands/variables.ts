import { argument, operands } from '../state/call.ts';
import { type Call, setVariable } from '../state/shell.ts';
import { knownText } from '../values/read-value.ts';
import { emptyValue } from '../values/value.ts';
import { assign } from '../walk/run-command.ts';

/** `export A=1`, `declare -r A=1`, `local A`. What is exported isn't followed. */
export function declareVariables(call: Call): void {
  const { shell } = call;
  for (const assignment of call.assignments) assign(assignment, shell);
  if (argument(call, 0) !== 'local') return;
  // `local A` hides the outer one.
  for (const word of operands(call)) {
    const name = knownText(word);
    if (name !== undefined && shell.variables.has(name)) setVariable(shell, name, []);
  }
}

export function unsetVariables(call: Call): void {
  const { shell } = call;
  for (const word of call.words.slice(1)) {
    const name = knownText(word) ?? '';
    shell.variables.delete(name);
    shell.arrays.delete(name);
    shell.functions.delete(name);
  }
}

/** `set -- A B`: new arguments. Options change nothing that is followed here; `set -a` exports what is set. */
export function setArguments(call: Call): void {
  const { shell } = call;
  const at = call.words.findIndex((word, i) => i > 0 && word.text === '--');
  if (at === -1) return;
  shell.args = [shell.args[0] ?? emptyValue, ...call.words.slice(at + 1)];
  shell.argsKnown = true;
}

export function shiftArguments(call: Call): void {
  const { shell } = call;
  const count = Number(argument(call, 1) ?? 1);
  const [name, ...rest] = shell.args;
  if (name) shell.args = [name, ...rest.slice(count)];
}
