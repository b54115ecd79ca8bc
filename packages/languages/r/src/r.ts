import type { Language } from '@katib-push/core';
import { parseScript } from './document.ts';

/**
 * R as a language of katib-push.
 *
 * Asynchronous where a grammar has to be loaded first: load it here, once per process. Using the object is not.
 */
export async function createR(): Promise<Language> {
  return {
    name: 'r',
    // How its interpreters are called and what their flags mean:
    //   { command: /^r(?:\d+(?:\.\d+)?)?$/, inlineFlag: '-e', flagsWithArgument: [] }
    interpreters: [],
    // How its files end, with the dot.
    extensions: [],
    // `client: { environmentVariable: 'KATIB_PUSH_R', source }` where there is a push client. Without one,
    // statements are reported and nothing is rewritten.
    parse: (text, { opaque }) => parseScript(text, opaque),
  };
}
