import type { FormatReport, ScriptsReport } from '@katib-push/core';
import { proposalAsYaml } from 'katib-push/preview';
import type { Proposal } from './analysis.ts';

/**
 * The proposals of a report, what the engine proposes first.
 *
 * @param adopted the whole text with that one in it; absent where it can't be written
 */
export function readProposals(
  { formats, metrics }: Pick<ScriptsReport, 'formats' | 'metrics'>,
  adopted?: string,
): readonly Proposal[] {
  if (!formats) return [];
  const names = metrics.map(({ name }) => name);
  const write = (format: FormatReport): Proposal => ({
    yaml: proposalAsYaml(format, names).join('\n'),
    rows: format.rows,
    ...(format.metricsFormat ? { filters: format.metricsFormat } : {}),
  });
  const { proposal, unread } = formats;
  return [
    ...(proposal ? [{ ...write(proposal), ...(adopted === undefined ? {} : { adopted }) }] : []),
    ...unread.flatMap(({ name, choices }) =>
      choices.map((choice) => ({ ...write(choice), choiceFor: name })),
    ),
  ];
}
