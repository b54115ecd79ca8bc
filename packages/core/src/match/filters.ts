import type { RE2JS } from 're2js';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { compileExpression } from './filters/compile-expression.ts';
import { translateFilter } from './filters/translate-filter.ts';

/** Katib's own filter, used where an Experiment names none. Source: Katib, metrics collector, `DefaultFilter`. */
export const defaultFilter = String.raw`([\w|-]+)\s*=\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)`;

/** What the collector looks for: wanted names and the expressions that find them. */
export interface Filters {
  /** Wanted metric names, the objective first. */
  readonly metrics: readonly string[];
  /** Compiled expressions with two groups or more; the others find nothing. None for the default filter. */
  readonly expressions: readonly RE2JS[];
  /** The same in the subset that every push client can read; `null` for the default filter. */
  readonly portable: readonly string[] | null;
}

/**
 * Compiles an Experiment's filters as Katib's collector would see them: joined with `;` and split there again.
 *
 * @param metrics wanted names, the objective first
 * @param formats `source.filter.metricsFormat`; absent, empty, or one empty text: the default filter
 * @returns the filters, absent where the collector would crash or a push client can't read them
 */
export function compileFilters(
  metrics: readonly string[],
  formats?: readonly string[],
): { readonly filters?: Filters; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  if (!formats || formats.join(';') === '')
    return {
      filters: { metrics, expressions: [], portable: null },
      diagnostics,
    };
  if (formats.some((format) => format.includes(';')))
    diagnostics.push(
      diagnose('filter-holds-semicolon', 'A filter holds ";", where Katib splits it into two.'),
    );
  const doubled = formats.find(holdsDoubling);
  if (doubled !== undefined)
    diagnostics.push(
      diagnose(
        'filter-doubles-backslashes',
        `The filter ${quote(doubled)} holds doubled backslashes, which match a backslash.`,
      ),
    );
  const expressions: RE2JS[] = [];
  const portable: string[] = [];
  let usable = true;
  for (const format of formats.join(';').split(';')) {
    const compiled = compile(format);
    if (typeof compiled === 'string') {
      diagnostics.push(
        diagnose('invalid-filter', `The filter ${quote(format)} is not a valid expression: ${compiled}.`),
      );
      usable = false;
      continue;
    }
    if (compiled.groupCount() < 2) {
      diagnostics.push(
        diagnose(
          'filter-needs-two-groups',
          `The filter ${quote(format)} has fewer than two groups: it finds nothing.`,
        ),
      );
      continue;
    }
    const translated = translateFilter(format);
    if ('problem' in translated) {
      diagnostics.push(
        diagnose(
          'filter-not-portable',
          `The filter ${quote(format)} can't be read by push clients: ${translated.problem}.`,
        ),
      );
      usable = false;
      continue;
    }
    expressions.push(compiled);
    portable.push(translated.portable);
  }
  return usable ? { filters: { metrics, expressions, portable }, diagnostics } : { diagnostics };
}

/** Whether a filter was written as for a string with escapes: `(\\w+)` for `(\w+)`. */
export function holdsDoubling(format: string): boolean {
  return /\\\\[wsdbWSDB.]/.test(format);
}

function compile(format: string): RE2JS | string {
  try {
    return compileExpression(format);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function quote(text: string): string {
  return `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;
}
