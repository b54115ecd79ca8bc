import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { SyntaxProblem } from '@katib-push/core';
import load, { format_range as formatRange } from '@wasm-fmt/ruff_fmt/web';

/** What is wrong with a text by Python's grammar, whatever its version; `undefined` if nothing is. Never throws. */
export type RefuseText = (text: string) => SyntaxProblem | undefined;

const MESSAGE = /^([\s\S]*) at byte range (\d+)\.\.(\d+)$/;
/** A statement of its own in front of the text: the one that is formatted. Everything behind it is only parsed. */
const FIRST = '0\n';

/**
 * The parser of ruff, in the build of its formatter for WebAssembly. It takes what any version from 3.7 on takes, and leaves
 * names and scopes to others.
 *
 * @throws (rejects) if it can't be loaded
 */
export async function loadRuff(): Promise<RefuseText> {
  const require = createRequire(import.meta.url);
  await load(await readFile(require.resolve('@wasm-fmt/ruff_fmt/wasm')));
  return (text) => {
    const mark = text.startsWith('\uFEFF') ? 1 : 0;
    const code = FIRST + text.slice(mark);
    try {
      formatRange(code, { start: 0, end: 1 });
    } catch (error) {
      const [, message, from, to] = MESSAGE.exec(String(error)) ?? [];
      // anything else, or that it goes too deep, is no word on the text: CPython may take it
      if (message === undefined || /too deeply nested/.test(message)) return undefined;
      const shift = mark - FIRST.length;
      return {
        code: 'syntax-error',
        message: message.charAt(0).toLowerCase() + message.slice(1),
        range: { from: unitsIn(code, Number(from)) + shift, to: unitsIn(code, Number(to)) + shift },
      };
    }
    return undefined;
  };
}

/** How many UTF-16 units a text's first bytes are in UTF-8. */
function unitsIn(text: string, bytes: number): number {
  const head = new TextEncoder().encode(text).subarray(0, bytes);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(head).length;
}
