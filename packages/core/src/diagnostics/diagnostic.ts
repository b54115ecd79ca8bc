import type { Range } from '../layers/range.ts';
import { type Catalogue, type Severity, scriptCatalogue } from './catalogue.ts';

/** The codes of core's own catalogue. */
export type ScriptCode = keyof typeof scriptCatalogue;

/** Where in a script something is. */
export interface Place {
  /** The script, as named in the report. */
  readonly script: string;
  /** In the script's own text. */
  readonly range: Range;
  /** 1-based line of `range.from`. */
  readonly line: number;
  /** The source line with a caret line under it. */
  readonly frame: string;
}

/** One thing that people should know, with its place and the way out. */
export interface Diagnostic<Code extends string = ScriptCode> {
  /** From a catalogue; each code has a section in docs/diagnostics.md. */
  readonly code: Code;
  readonly severity: Severity;
  /** One sentence: what is wrong. No control characters, no line breaks. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly hint: string;
  /** The file or document it is in; absent where there is only one. */
  readonly file?: string;
  /** The wanted metric that it is about; absent where it is about none, or about several. */
  readonly metric?: string;
  /** JSON pointer (RFC 6901) of the field it is about. */
  readonly pointer?: string;
  /** The script it is about, as named in the report. */
  readonly script?: string;
  /** In the script's own text (or in the file, where no script is named). */
  readonly range?: Range;
  /** 1-based line of `range.from`. */
  readonly line?: number;
  /** The source line with a caret line under it. */
  readonly frame?: string;
}

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
