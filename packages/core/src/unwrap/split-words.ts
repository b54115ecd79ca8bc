import { identity, type Layer, layerWithin } from '../layers/layer.ts';

/**
 * Splits the argument of `env -S` into words, as GNU `env` does: blanks separate, single and double quotes hold
 * together, a backslash takes the next character. Inserted text is possible in single quotes and outside of quotes only.
 *
 *     python3 -u -c 'print(1)'
 *     ^       ^  ^   ^ four words, each a layer within the argument
 */
export function splitWords(argument: Layer): readonly Layer[] {
  const { text } = argument;
  const words: Layer[] = [];
  let at = 0;
  while (at < text.length) {
    while (/\s/.test(text.charAt(at))) at++;
    if (at >= text.length || text[at] === '#') break;
    const builder = layerWithin(argument);
    let quote = '';
    for (; at < text.length && (quote !== '' || !/\s/.test(text.charAt(at))); at++) {
      const char = text.charAt(at);
      if (char === quote) quote = '';
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
      else if (
        char === '\\' &&
        at + 1 < text.length &&
        (quote !== "'" || /['\\]/.test(text.charAt(at + 1)))
      ) {
        builder.escaped(at, at + 2, text.charAt(at + 1), refusing);
        at++;
      } else builder.verbatim(at, at + 1, refusing);
    }
    words.push(builder.build(argument.label));
  }
  return words;
}

/** Takes only text that means the same with and without quotes. */
const refusing = {
  name: 'env -S',
  encode: (text: string) => (/^[\w.,:;=()[\]/+-]*$/.test(text) ? identity.encode(text) : undefined),
};
