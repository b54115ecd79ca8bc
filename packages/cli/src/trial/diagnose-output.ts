import type { Diagnostic, FormatReport } from '@katib-push/core';

/** What the collector finds in some output, and what would have it find more. */
export interface Diagnosis {
  /** Lines that were read. */
  readonly lines: number;
  /** Lines that name a wanted metric, in any spelling. */
  readonly naming: number;
  /** Rows by wanted metric that the filters in force find, in the order wanted. */
  readonly found: readonly { readonly name: string; readonly rows: number }[];
  /** Filters that find what is not found; absent where there are none, or none are needed. */
  readonly proposal?: Pick<FormatReport, 'metricsFormat' | 'renames'> & {
    /** The rows that they find, by the name that is printed, in order. */
    readonly rows: readonly { readonly name: string; readonly value: string; readonly line: number }[];
  };
  /** Wanted metrics that are not found even so, with a line that names each. */
  readonly unread: readonly { readonly name: string; readonly why: string; readonly line?: string }[];
}

/** What our own lines on standard error begin with. */
const OWN = 'katib-push: ';

/**
 * Reads output as Katib's collector does.
 *
 * @param streams the output; each stream for itself
 * @param metrics wanted names, the objective first
 * @param formats as `metricsFormat`; absent for Katib's default
 * @returns what is wrong with the formats, where they can't be used
 */
export async function diagnoseOutput(
  streams: readonly string[],
  metrics: readonly string[],
  formats: readonly string[] = [],
): Promise<Diagnosis | { readonly diagnostics: readonly Diagnostic[] }> {
  const { adviseOnLines, compileFilters, readLine } = await import('@katib-push/core');
  const { filters, diagnostics } = compileFilters(metrics, formats);
  if (!filters) return { diagnostics };
  const lines = streams
    .flatMap((text) => text.replace(/\n$/, '').split('\n'))
    .filter((line) => !line.startsWith(OWN));
  const rowsOf = (used: typeof filters) =>
    lines.flatMap((line, index) =>
      readLine(line, used).map(({ name, value }) => ({ name, value, line: index + 1 })),
    );
  const found = rowsOf(filters).filter(({ value }) => value !== '');
  const advice = adviseOnLines(lines, filters);
  const { proposal } = advice;
  const renames = proposal?.renames ?? [];
  const names = metrics.map((name) => renames.find(({ wanted }) => wanted === name)?.printed ?? name);
  const proposed = proposal && compileFilters(names, proposal.formats ?? formats).filters;
  return {
    lines: lines.length,
    naming: advice.naming,
    found: metrics.map((name) => ({ name, rows: found.filter((row) => row.name === name).length })),
    ...(proposal && proposed
      ? {
          proposal: {
            ...(proposal.formats ? { metricsFormat: proposal.formats } : {}),
            renames,
            rows: rowsOf(proposed),
          },
        }
      : {}),
    unread: advice.unread.map(({ name, why, source }) => ({
      name,
      why,
      ...(source === undefined ? {} : { line: advice.lines[source] ?? '' }),
    })),
  };
}
