import { argument } from '../state/call.ts';
import { type Call, setVariable } from '../state/shell.ts';
import { knownText } from '../values/read-value.ts';
import { emptyValue } from '../values/value.ts';
import { assign } from '../walk/run-command.ts';

/** `export A=1`, `declare -r A=1`, `local A`, `export A`. */
export function declareVariables(call: Call): void {
  const { shell } = call;
  const name = argument(call, 0);
  const exports = name === 'export' || call.words.slice(1).some((word) => /^-\w*x/.test(word.text));
  call.words.forEach((word, i) => {
    if (i === 0) return;
    const assignment = call.assignments.get(i);
    if (assignment) {
      assign(assignment, shell);
      if (exports) shell.exported.add(assignment.name);
      return;
    }
    const text = knownText(word);
    if (text === undefined || !/^[A-Za-z_]\w*$/.test(text)) return;
    if (exports) shell.exported.add(text);
    // `local A` hides the outer one.
    if (name === 'local' && shell.variables.has(text)) setVariable(shell, text, []);
  });
}

export function unsetVariables(call: Call): void {
  const { shell } = call;
  for (const word of call.words.slice(1)) {
    const name = knownText(word) ?? '';
    shell.variables.delete(name);
    shell.arrays.delete(name);
    shell.functions.delete(name);
    shell.exported.delete(name);
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
