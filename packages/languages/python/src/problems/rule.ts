import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/**
 * What the tree says of a place that looks suspicious.
 *
 * @param at the smallest node there. @returns what is wrong, without a full stop; `undefined` if nothing is
 */
export type Rule = (at: Syntax, script: Script) => string | undefined;
