import { type Catalogue, scriptCatalogue } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Makes a diagnostic of a catalogue. Control characters in the message become spaces. */
export type Diagnose<Code extends string> = <Used extends Code>(
  code: Used,
  message: string,
  details?: Omit<Partial<Diagnostic>, 'code' | 'message'>,
) => Diagnostic<Used>;

/** The function that makes the diagnostics of a catalogue. */
export function diagnoseBy<Code extends string>(codes: Pick<Catalogue, Code>): Diagnose<Code> {
  return (code, message, details = {}) => {
    const [severity, hint] = codes[code];
    const line = message.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
    return { code, severity, message: line, hint, ...details };
  };
}

/** A diagnostic of core's own catalogue. */
export const diagnose = diagnoseBy(scriptCatalogue);
