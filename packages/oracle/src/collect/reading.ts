import { compileExpression } from '@katib-push/core';
import type { RE2JS } from 're2js';
import { OracleError } from '../oracle-error.ts';

/** What Katib takes where the Experiment gives no filter. */
const DEFAULT_FILTER = String.raw`([\w|-]+)\s*=\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)`;

/** How output is read: the wanted names and the filters, as they arrive in the collector. */
export interface Reading {
  /** The objective first. Never empty. */
  readonly wanted: readonly string[];
  /** The expressions as text, for messages. */
  readonly filters: readonly string[];
  /** The compiled expressions. Compiled on first use, because the collector crashes only when it applies one. */
  patterns(): readonly RE2JS[];
}

/**
 * Prepares names and filters as Katib hands them to its collector: each list is joined with `;` and split again, so
 * one that holds `;` becomes two. Filters absent, empty, or joined to an empty text: the default filter.
 *
 * Throws {@link OracleError} `usage` without a wanted name; `patterns()` throws `invalid-filter`.
 */
export function prepareReading(wanted: readonly string[], filters?: readonly string[]): Reading {
  const names = wanted.join(';');
  if (names === '') throw new OracleError('usage', 'no wanted metric: give the name of the objective metric');
  const joined = filters?.join(';') ?? '';
  const texts = joined === '' ? [DEFAULT_FILTER] : joined.split(';');
  let compiled: readonly RE2JS[] | undefined;
  return {
    wanted: names.split(';'),
    filters: texts,
    patterns() {
      compiled ??= texts.map(compileFilter);
      return compiled;
    },
  };
}

function compileFilter(filter: string): RE2JS {
  try {
    return compileExpression(filter);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OracleError('invalid-filter', `the filter ${filter} is not an RE2 expression: ${why}`, error);
  }
}
