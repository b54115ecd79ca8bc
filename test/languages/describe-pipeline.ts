import {
  compileFilters,
  type Diagnostic,
  outermostLayer,
  type Program,
  rewritePrograms,
} from '@katib-push/core';
import { describe, expect, test } from 'vitest';
import type { RewriteTable } from './describe-rewrites.ts';

type Given = Pick<Extract<Program, { kind: 'text' }>, 'language' | 'name' | 'role'>;

export interface Whole {
  readonly after: string;
  readonly faults: readonly Diagnostic[];
}

/**
 * The pipeline proves the rewrite of each case, and leaves alone what it has rewritten.
 *
 * @returns the pipeline over one script that stands alone in its string, where `loss` is wanted
 */
export function describePipeline(
  given: Given,
  table: RewriteTable,
  options: {
    /** The text with what it prints made such that it counts. */
    readonly counting: (text: string) => string;
    /** What may come of such a text; `undefined` for anything. */
    readonly allowed: (text: string) => readonly string[] | undefined;
  },
): (text: string) => Whole {
  describe('the pipeline proves each rewrite', () => {
    for (const [family, cases] of Object.entries(table)) {
      test.each(cases)(`${family}: $name`, ({ before }) => {
        const text = options.counting(before);
        const { after, faults } = rewriteWhole(text, given);
        expect(faults).toEqual([]);
        expect(rewriteWhole(after, given).after).toBe(after);
        const allowed = options.allowed(text);
        if (allowed) expect(allowed).toContain(after);
      });
    }
  });
  return (text) => rewriteWhole(text, given);
}

function rewriteWhole(text: string, given: Given): Whole {
  const { filters } = compileFilters(['loss']);
  if (!filters) throw new Error('the default filter compiles');
  const unwrap = (replaced: ReadonlyMap<string, string>): readonly Program[] => [
    {
      kind: 'text',
      ...given,
      layer: outermostLayer(replaced.get('/0') ?? text, 'script', '/0'),
      dropsEnvironment: false,
      output: { stdout: 'container', stderr: 'container' },
    },
  ];
  const { strings, report } = rewritePrograms(unwrap, { filters });
  return {
    after: strings.get('/0') ?? text,
    faults: report.diagnostics.filter(({ code }) => code.includes('fail')),
  };
}
