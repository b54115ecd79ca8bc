import { catalogue } from './catalogue.ts';
import type { Diagnostic, DiagnosticCode } from './diagnostic.ts';

/** A diagnostic of the catalogue. Control characters in the message become spaces. */
export function diagnose(
  code: DiagnosticCode,
  message: string,
  details: Omit<Partial<Diagnostic>, 'code' | 'message'> = {},
): Diagnostic {
  const [severity, hint] = catalogue[code];
  const line = message.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  return { code, severity, message: line, hint, ...details };
}
