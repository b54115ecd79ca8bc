import { locateContainer as locate, type PrimaryContainer, readExperiment } from '@katib-push/katib';
import { OracleError } from '../oracle-error.ts';

/**
 * The primary container of the primary replica, for any kind of job.
 *
 * @param toRun whether it is enough that words can be put in front of its command, as of an Argo `script`; default: it has to be
 *   read, to be run here
 *
 * Throws {@link OracleError}: `bad-experiment` where fields have wrong types, `no-container`.
 */
export function locateContainer(given: unknown, toRun = false): PrimaryContainer {
  const { experiment, diagnostics: faults } = readExperiment(given);
  if (!experiment) throw new OracleError('bad-experiment', sentence(faults));
  const { container, diagnostics } = locate(experiment, toRun);
  if (!container) throw new OracleError('no-container', sentence(diagnostics));
  return container;
}

function sentence(diagnostics: readonly { readonly message: string; readonly hint: string }[]): string {
  return diagnostics.map(({ message, hint }) => `${message} ${hint}`).join(' ');
}
