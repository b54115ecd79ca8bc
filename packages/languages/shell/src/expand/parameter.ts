import type { HoleType } from '@katib-push/core';
import type { ParameterExpansionPart, SimpleExpansionPart } from 'unbash';
import { freshSymbol, type Shell } from '../state/shell.ts';
import { addedValue, emptyValue, joinValues, type Value } from '../values/value.ts';

export interface Parameter {
  readonly symbol: string;
  readonly choices: readonly Value[];
  /** Default: `unknown`. */
  readonly type?: HoleType;
}

/** Variables that the shell counts. */
const counts = /^(?:[?#!$]|RANDOM|SRANDOM|SECONDS|LINENO|PPID)$/;

/** What `$x` or `${x…}` comes to: one, or several for `$@` and `${x[@]}`. */
export function expandParameter(
  part: SimpleExpansionPart | ParameterExpansionPart,
  shell: Shell,
): readonly Parameter[] {
  if (part.type === 'SimpleExpansion') return lookUp(part.text.slice(1), shell);
  const name = part.parameter;
  if (part.prefix)
    return [
      {
        symbol: freshSymbol(shell),
        choices: [],
        ...(part.prefix === '#' ? { type: 'integer' as const } : {}),
      },
    ];
  if (part.index) {
    const elements = shell.arrays.get(name);
    if (!elements) return [{ symbol: freshSymbol(shell), choices: [] }];
    if (part.index.text === '@' || part.index.text === '*')
      return elements.map((value) => ({ symbol: freshSymbol(shell), choices: [value] }));
    const element = /^\d+$/.test(part.index.text) ? elements[Number(part.index.text)] : undefined;
    return [{ symbol: freshSymbol(shell), choices: element ? [element] : [] }];
  }
  const operation = part.operation;
  if (!operation) return lookUp(name, shell);
  const known = lookUp(name, shell);
  const set = known.length === 1 && (known[0]?.choices.length ?? 0) > 0;
  if (operation.type === 'Default') {
    // `${x:-y}`, `${x:=y}`, `${x:?y}` of a variable that has a text are that text.
    const keeps = operation.operator !== '+' && operation.operator !== ':+';
    if (set && keeps && known[0]?.choices.every((choice) => choice.text !== '')) return known;
  }
  // Of a variable that never changes here, the same expression comes to the same text.
  const symbol = shell.variables.has(name) ? freshSymbol(shell) : part.text;
  return [{ symbol, choices: [] }];
}

function lookUp(name: string, shell: Shell): readonly Parameter[] {
  const symbol = `$${name}`;
  if (name === '@' || name === '*')
    return shell.args.slice(1).map((value) => ({ symbol: freshSymbol(shell), choices: [value] }));
  if (/^\d+$/.test(name)) {
    const value = shell.args[Number(name)];
    return [{ symbol, choices: value ? [value] : shell.argsKnown ? [emptyValue] : [] }];
  }
  if (counts.test(name)) return [{ symbol: freshSymbol(shell), choices: [], type: 'integer' }];
  if (name === 'PWD') return [{ symbol, choices: [addedValue(shell.cwd)] }];
  const elements = shell.arrays.get(name);
  if (elements)
    return [
      { symbol: freshSymbol(shell), choices: elements[0] ? [joinValues([elements[0]])] : [emptyValue] },
    ];
  const variable = shell.variables.get(name);
  if (!variable) return [{ symbol, choices: [] }];
  return [{ symbol: variable.symbol, choices: variable.choices }];
}
