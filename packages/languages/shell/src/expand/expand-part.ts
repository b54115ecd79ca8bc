import type { Encoding } from '@katib-push/core';
import type { WordPart } from 'unbash';
import { freshSymbol, type Shell } from '../state/shell.ts';
import { type Expansion, makeValue, type Value } from '../values/value.ts';
import { expandParameter } from './parameter.ts';
import { substituteWithin } from './substitute-within.ts';

/**
 * One expansion (`$x`, `$(…)`, `$((…))`, `<(…)`), as values with one piece each: several for `"$@"` and arrays.
 * Commands inside it are run on the way.
 *
 * @param encoding how text is inserted next to it
 */
export function expandPart(
  part: WordPart,
  encoding: Encoding,
  quoted: boolean,
  shell: Shell,
): readonly Value[] {
  const expansion = (
    symbol: string,
    choices: readonly Value[] = [],
    type: Expansion['type'] = 'unknown',
  ): Value =>
    makeValue([
      {
        kind: 'expansion',
        layer: shell.layer,
        from: part.pos,
        to: part.end,
        encoding,
        symbol,
        choices,
        type,
      },
    ]);
  switch (part.type) {
    case 'ParameterExpansion':
      substituteWithin(part, shell, quoted);
      return expandParameter(part, shell).map(({ symbol, choices, type }) =>
        expansion(symbol, choices, type),
      );
    case 'SimpleExpansion':
      return expandParameter(part, shell).map(({ symbol, choices, type }) =>
        expansion(symbol, choices, type),
      );
    case 'CommandExpansion': {
      const { symbol, value } = shell.walk.substitute(part, quoted, shell);
      return [expansion(symbol, value ? [value] : [])];
    }
    case 'ProcessSubstitution':
      return [expansion(shell.walk.substitute(part, quoted, shell).symbol)];
    case 'ArithmeticExpansion':
      substituteWithin(part, shell, quoted);
      return [expansion(freshSymbol(shell), [], 'integer')];
    default:
      substituteWithin(part, shell, quoted);
      return [expansion(freshSymbol(shell))];
  }
}
