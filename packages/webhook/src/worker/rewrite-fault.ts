import { type FaultCode, faults } from '../reasons/faults.ts';

/** Why a rewrite has no result at all. */
export class RewriteFault extends Error {
  override readonly name = 'RewriteFault';
  readonly code: FaultCode;

  /** @param cause what a worker threw; not for those who asked for the admission */
  constructor(code: FaultCode, cause?: Error) {
    super(`${faults[code][0]} (${code})${cause ? `: ${cause.message}` : ''}`, { cause });
    this.code = code;
  }
}
