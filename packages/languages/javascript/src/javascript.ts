import type { Language } from '@katib-push/core';
import { pushClient } from './client.ts';
import { parseScript } from './document.ts';

export interface JavaScriptOptions {
  /** The push client's source; default: the file that comes with this package. */
  readonly clientSource?: string;
}

/** JavaScript and TypeScript as one language of katib-push. */
export function createJavaScript(options: JavaScriptOptions = {}): Language {
  return {
    name: 'javascript',
    interpreters: [{ command: /^node(?:js)?$/, inlineFlag: '-e', flagsWithArgument: ['-r'] }],
    extensions: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.jsx', '.tsx'],
    client: pushClient(options.clientSource),
    parse: (text, { opaque }) => parseScript(text, opaque),
  };
}
