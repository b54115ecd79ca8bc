import { collect, OracleError } from '@katib-push/oracle';
import type { Answer, Cases } from './case.ts';

/** The answers of the oracle's port of the collector. */
export function askPort({ names, filters, format, outputs }: Cases): readonly Answer[] {
  return outputs.map((output) => {
    try {
      return collect(output, names, filters, format).map(
        ({ name, value, time }) => [name, value, time] as const,
      );
    } catch (error) {
      if (!(error instanceof OracleError)) throw error;
      return { failed: error.message };
    }
  });
}
