import { status } from '@grpc/grpc-js';

/**
 * What went wrong:
 * - `usage`: an option or argument has no meaning here.
 * - `database`: the database file can't be opened or isn't one of ours.
 * - `address`: the host and port can't be listened on.
 * - `closed`: the DB manager has been closed.
 */
export type DbManagerErrorCode = 'usage' | 'database' | 'address' | 'closed';

/** The only error that this package throws; its message says what failed, where, and what to do. */
export class DbManagerError extends Error {
  override readonly name = 'DbManagerError';
  readonly code: DbManagerErrorCode;

  /** `cause` is the error of SQLite, of the network or of the request check, where there is one. */
  constructor(code: DbManagerErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/**
 * A request that Katib's DB manager answers with an error. The message is what its client would read.
 *
 * Its handlers return plain Go errors, which grpc-go turns into the status UNKNOWN with the error's text
 * (`cmd/db-manager/v1beta1/main.go`), so that is the default.
 */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly status: status;

  constructor(message: string, code: status = status.UNKNOWN) {
    super(message);
    this.status = code;
  }
}
