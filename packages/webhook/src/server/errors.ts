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

/** What may be logged of any error: its class, code, and where it was thrown. Its message may quote a request. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, message, stack = '' } = error as NodeJS.ErrnoException;
  const start = stack.indexOf(message);
  const frames = start < 0 ? [] : stack.slice(start + message.length).split('\n');
  return {
    error: error.constructor.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.flatMap((line) => /^ {4}(at .+)$/.exec(line)?.[1] ?? []).slice(0, 8),
  };
}
