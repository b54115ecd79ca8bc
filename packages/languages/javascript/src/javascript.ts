import type { Language } from '@katib-push/core';
import { pushClient } from './client/push-client.ts';
import { parseScript } from './document.ts';
import { jsonLiteral } from './edits/js-literal.ts';
import { interpreters } from './interpreters.ts';
import { launchers } from './launchers.ts';
import { sourceTypeOf } from './source-type.ts';
import { comments } from './statements/suppressions.ts';

export interface JavaScriptOptions {
  /** The push client's source; default: joined of the parts that come with this package. */
  readonly clientSource?: string;
}

/** JavaScript and TypeScript as one language of katib-push. */
export function createJavaScript(options: JavaScriptOptions = {}): Language {
  return {
    name: 'javascript',
    extensions: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.jsx', '.tsx'],
    comments,
    interpreters,
    launchers,
    literal: jsonLiteral,
    client: pushClient(options.clientSource),
    parse: (text, options) => parseScript(text, options.opaque, { sourceType: sourceTypeOf(options) }),
  };
}
