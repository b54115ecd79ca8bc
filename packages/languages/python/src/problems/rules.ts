import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { refuseScope } from './declared.ts';
import type { Suspicion } from './find-suspects.ts';
import {
  refuseAlias,
  refuseAnnotation,
  refuseAssignment,
  refuseAugmented,
  refuseDelete,
  refuseStar,
  refuseWalrus,
} from './given.ts';
import { refuseArguments, refuseParameters } from './lists.ts';
import { refuseMixed, refuseNumber } from './literals.ts';
import { refuseMatch } from './patterns.ts';
import {
  refuseAssert,
  refuseAsync,
  refuseCaught,
  refuseComma,
  refuseDotted,
  refuseFuture,
  refuseKeyword,
  refuseOutsideFunction,
  refuseOutsideLoop,
  refuseTry,
  refuseWildcard,
} from './placement.ts';
import { refuseExcept, refuseExec, refuseOld, refusePrint, refuseRaise } from './python-2.ts';

/**
 * What the tree says of a place that looks suspicious.
 *
 * @param at the smallest node there. @returns what is wrong, without a full stop; `undefined` if nothing is
 */
type Rule = (at: Syntax, script: Script) => string | undefined;

/** What is refused of what Python 2 takes. */
export const python2: Partial<Readonly<Record<Suspicion, Rule>>> = {
  except: refuseExcept,
  exec: refuseExec,
  old: refuseOld,
  print: refusePrint,
  raise: refuseRaise,
};

/** What is refused of the rest. */
export const rules: Partial<Readonly<Record<Suspicion, Rule>>> = {
  annotation: refuseAnnotation,
  arguments: refuseArguments,
  as: refuseAlias,
  assert: refuseAssert,
  async: refuseAsync,
  augmented: refuseAugmented,
  comma: refuseComma,
  delete: refuseDelete,
  except: refuseCaught,
  function: refuseOutsideFunction,
  future: refuseFuture,
  import: refuseDotted,
  keyword: refuseKeyword,
  loop: refuseOutsideLoop,
  match: refuseMatch,
  mixed: refuseMixed,
  number: refuseNumber,
  parameters: refuseParameters,
  scope: refuseScope,
  star: refuseStar,
  target: refuseAssignment,
  try: refuseTry,
  walrus: refuseWalrus,
  wildcard: refuseWildcard,
};
