import { compileFilters, readLine } from '@katib-push/core';
import type { Cases } from './case.ts';

/**
 * What the engine's own reading finds, `name=value` a row, without the rule for an objective that never appears: the
 * same that templates are matched with. Undefined where it takes the filters for none that a push client can read.
 */
export function askCore({ names, filters, outputs }: Cases): readonly (readonly string[])[] | undefined {
  const compiled = compileFilters(names.join(';').split(';'), filters).filters;
  if (compiled === undefined) return undefined;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return outputs.map((output) =>
    decoder
      .decode(output)
      .split('\n')
      .flatMap((line) => readLine(line, compiled))
      .map(({ name, value }) => `${name}=${value}`),
  );
}
