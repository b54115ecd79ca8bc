import type { FaultCode } from '../reasons/faults.ts';

/** Why a rewrite has no result at all. */
export class RewriteFault extends Error {
  override readonly name = 'RewriteFault';
  readonly code: FaultCode;

  constructor(code: FaultCode) {
    super(code);
    this.code = code;
  }
}
