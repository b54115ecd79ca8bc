/**
 * Why the oracle could not do its work (as against a difference, which is a result).
 *
 * - `usage`: the caller asked for something that has no meaning.
 * - `bad-experiment`: the Experiment can't be run as it stands; Katib could not run it either.
 * - `no-container`: the trial template has no primary container.
 * - `no-command`: the container gives no command, so what it runs is in its image.
 * - `missing-value`: a parameter has no value and no default in its feasible space.
 * - `command-not-found`: the container's command is not installed on this machine.
 * - `not-startable`: the system refused to start the command.
 * - `no-root`: the folder given as the image's root can't be used here.
 * - `invalid-filter`: a filter is not RE2; Katib's collector crashes on it.
 * - `unreadable-output`: a line of a file in JSON is no object; Katib's collector fails on it.
 */
export type OracleErrorCode =
  | 'usage'
  | 'bad-experiment'
  | 'no-container'
  | 'no-command'
  | 'missing-value'
  | 'command-not-found'
  | 'not-startable'
  | 'no-root'
  | 'invalid-filter'
  | 'unreadable-output';

/** The one error class of this package. The message names the values at fault and the way out. */
export class OracleError extends Error {
  readonly code: OracleErrorCode;

  constructor(code: OracleErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OracleError';
    this.code = code;
  }
}
