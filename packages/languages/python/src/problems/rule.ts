import type { SyntaxProblem } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** One thing that the grammar accepts and Python refuses: where its text may stand, and what the tree says of it. */
export interface Rule {
  /** Its last group is the place; with the flags `dg`. */
  readonly pattern: RegExp;
  /** @param at the node at the start of the place. @returns what is wrong, without a full stop; `undefined` if nothing is */
  readonly refuse: (at: Syntax, script: Script) => string | undefined;
}

/** The first rule that a script breaks. */
export function findRefused(script: Script, rules: readonly Rule[]): SyntaxProblem | undefined {
  for (const { pattern, refuse } of rules) {
    for (const { indices } of script.text.matchAll(pattern)) {
      const [from, to] = indices?.at(-1) ?? [0, 0];
      const message = refuse(script.root.at(from), script);
      if (message) return { code: 'syntax-error', message, range: { from, to } };
    }
  }
  return undefined;
}
