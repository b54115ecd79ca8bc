import { CommandFailure, problem } from '../problems/problem.ts';

/** A text that was given, with what is needed to write it back byte by byte. */
export interface SourceFile {
  /** As the user named it; `<stdin>` for standard input. */
  readonly name: string;
  /** Absolute; absent for standard input. */
  readonly path?: string;
  /** Without the byte order mark. */
  readonly text: string;
  readonly bom: boolean;
}

/** Bytes as a UTF-8 text. Throws a CommandFailure `not-text` for other encodings, with the offset of the first bad byte. */
export function decodeSource(name: string, bytes: Uint8Array, path?: string): SourceFile {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bom ? bytes.subarray(3) : bytes,
    );
    return { name, text, bom, ...(path === undefined ? {} : { path }) };
  } catch {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const message = `${name} is not UTF-8 text${utf16 ? ' (it looks like UTF-16)' : ''}.`;
    throw new CommandFailure([problem('not-text', message, { file: name })]);
  }
}
