/**
 * What went wrong:
 * - `usage`: a setting has no meaning, is unknown, or contradicts another.
 * - `address`: a host and port can't be listened on.
 */
export type WebhookServerErrorCode = 'usage' | 'address';

/** The only error that the server's functions throw. Its message says what failed, where, and what to do. */
export class WebhookServerError extends Error {
  override readonly name = 'WebhookServerError';
  readonly code: WebhookServerErrorCode;

  /** `cause` is the error of the file system or the network, where there is one. */
  constructor(code: WebhookServerErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
