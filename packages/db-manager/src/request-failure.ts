import { status } from '@grpc/grpc-js';

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
