import { locateContainer as locate, readExperiment } from '@katib-push/katib';
import { OracleError } from '../oracle-error.ts';

/** The primary container of an Experiment. */
export interface LocatedContainer {
  readonly name: string;
  /** The way from the Experiment to the container. */
  readonly path: readonly (string | number)[];
  /** The same as a JSON pointer (RFC 6901). */
  readonly pointer: string;
}

/**
 * The primary container of the primary replica, for any kind of job.
 *
 * @param toRun whether it is enough that words can be put in front of its command, as of an Argo `script`; default: it has to be
 *   read, to be run here
 *
 * Throws {@link OracleError}: `bad-experiment` where fields have wrong types, `no-container`.
 */
export function locateContainer(given: unknown, toRun = false): LocatedContainer {
  const { experiment, diagnostics: faults } = readExperiment(given);
  if (!experiment) throw new OracleError('bad-experiment', sentence(faults));
  const { container, diagnostics } = locate(experiment, toRun);
  if (!container) throw new OracleError('no-container', sentence(diagnostics));
  const path = ['spec', 'trialTemplate', 'trialSpec', ...container.path];
  return { name: container.name, path, pointer: container.pointer };
}

function sentence(diagnostics: readonly { readonly message: string; readonly hint: string }[]): string {
  return diagnostics.map(({ message, hint }) => `${message} ${hint}`).join(' ');
}
