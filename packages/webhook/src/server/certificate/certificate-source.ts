import type { Certificate } from './check-pair.ts';

/** Where the server's certificate comes from. */
export interface CertificateSource {
  /** The one to serve; undefined while there is none. */
  current(): Certificate | undefined;
  close(): void;
}

/** What a source tells. */
export interface CertificateListener {
  /** A certificate is in use from now on. */
  loaded(certificate: Certificate): void;
  /** What was found can't be used; `kept` is whether an earlier one stays in use. `problem` is a sentence. */
  refused(problem: string, kept: boolean): void;
}
