import { checkCaptures } from './check-captures.ts';
import { checkCost } from './check-cost.ts';
import { checkEmpty } from './check-empty.ts';
import { compileExpression } from './compile-expression.ts';
import { FilterProblem } from './filter-node.ts';
import { joinGaps } from './join-gaps.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';

/** A filter for the push clients, or why there is none. */
export type TranslatedFilter =
  | {
      /** Read alike by Python's `re` (3.7 and later, no flags) and a JavaScript RegExp with the flags `gu`. */
      readonly portable: string;
    }
  | {
      /** What is in the way and the way out, in one sentence. */
      readonly problem: string;
      readonly code: 'filter-not-portable';
    };

/**
 * One of Katib's metric filters (Go RE2) as a pattern that push clients can apply with their standard library alone.
 *
 * On a line without a line break it finds the same matches as RE2, in the same order, with the same texts in groups 1
 * and 2; a group that took no part counts as empty. It takes steps in proportion to the square of the line's length at most.
 * Groups from 3 on do not capture, and case and classes are spelled out. Whatever could break one of these promises is
 * a problem instead, so a problem does not say that the filter is wrong. Never throws; the same filter gives the same answer.
 *
 * Source: https://github.com/google/re2/wiki/Syntax
 */
export function translateFilter(source: string): TranslatedFilter {
  try {
    compileExpression(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `the filter is invalid: ${reason}`, code: 'filter-not-portable' };
  }
  try {
    const filter = joinGaps(parseFilter(source));
    checkEmpty(source, filter);
    checkCost(source, filter);
    checkCaptures(source, filter);
    return { portable: printFilter(filter) };
  } catch (error) {
    if (error instanceof FilterProblem) return { problem: error.message, code: 'filter-not-portable' };
    throw error;
  }
}
