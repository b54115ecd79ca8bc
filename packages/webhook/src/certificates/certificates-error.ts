/**
 * What went wrong:
 * - `usage`: an option has no meaning.
 * - `outside`: this is no Pod, or it has no service account token.
 * - `cluster`: the Kubernetes API refused, or was not reached.
 */
export type CertificatesErrorCode = 'usage' | 'outside' | 'cluster';

/** The only error of the certificates command. Its message says what failed, where, and what to do. */
export class CertificatesError extends Error {
  override readonly name = 'CertificatesError';
  readonly code: CertificatesErrorCode;
  /** HTTP status of the Kubernetes API's answer, where there was one. */
  readonly status?: number;

  constructor(
    code: CertificatesErrorCode,
    message: string,
    { cause, status }: { cause?: unknown; status?: number } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    if (status !== undefined) this.status = status;
  }
}
