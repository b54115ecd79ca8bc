import type { RE2JS } from 're2js';
import { type Diagnostic, diagnose } from '../diagnostics/diagnostic.ts';
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
  if (!formats || formats.join(';') === '')
    return { filters: { metrics, expressions: [], portable: null }, diagnostics: [] };
  const compiled = formats.join(';').split(';').map(compileFilter);
  const diagnostics = [
    ...noteWriting(formats),
    ...compiled.flatMap((one) => ('fault' in one ? [one.fault] : [])),
  ];
  if (compiled.some((one) => 'fault' in one && one.isFatal)) return { diagnostics };
  const usable = compiled.filter((one) => 'portable' in one);
  const expressions = usable.map(({ expression }) => expression);
  return { filters: { metrics, expressions, portable: usable.map(({ portable }) => portable) }, diagnostics };
}

/** What there is to say about how filters are written. */
function noteWriting(formats: readonly string[]): readonly Diagnostic[] {
  const doubled = formats.find(holdsDoubling);
  return [
    ...(formats.some((format) => format.includes(';'))
      ? [diagnose('filter-holds-semicolon', 'A filter holds ";", where Katib splits it into two.')]
      : []),
    ...(doubled === undefined
      ? []
      : [
          diagnose(
            'filter-doubles-backslashes',
            `The filter ${quote(doubled)} holds doubled backslashes, which match a backslash.`,
          ),
        ]),
  ];
}

/** A filter for the engine and for push clients; or what is wrong with it, and whether nothing can be read because of it. */
type CompiledFilter =
  | { readonly expression: RE2JS; readonly portable: string }
  | { readonly fault: Diagnostic; readonly isFatal: boolean };

function compileFilter(format: string): CompiledFilter {
  const expression = compile(format);
  if (typeof expression === 'string') {
    const message = `The filter ${quote(format)} is not a valid expression: ${expression}.`;
    return { fault: diagnose('invalid-filter', message), isFatal: true };
  }
  if (expression.groupCount() < 2) {
    const message = `The filter ${quote(format)} has fewer than two groups: it finds nothing.`;
    return { fault: diagnose('filter-needs-two-groups', message), isFatal: false };
  }
  const translated = translateFilter(format);
  if ('portable' in translated) return { expression, portable: translated.portable };
  const message = `The filter ${quote(format)} can't be read by push clients: ${translated.problem}.`;
  return { fault: diagnose('filter-not-portable', message), isFatal: true };
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
