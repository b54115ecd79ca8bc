/** The same Experiment in another dress, in which the rewrite has to come out the same. */
export interface Variant {
  readonly name: string;
  /** Applied to each string of `command` and `args`; `undefined` where the variant makes no sense for the text. */
  dress(text: string): string | undefined;
  /** Takes the dress off again. */
  undress(text: string): string;
}

/** Line endings, marks and spacing that must not matter. */
export const variants: readonly Variant[] = [
  {
    name: 'with CRLF in the script',
    // Only where no shell reads the text: to a shell a carriage return is part of the word.
    dress: (text) => (text.includes('\r') ? undefined : text.replaceAll('\n', '\r\n')),
    undress: (text) => text.replaceAll('\r\n', '\n'),
  },
  {
    name: 'with a trailing newline',
    dress: (text) => (text.endsWith('\n') ? undefined : `${text}\n`),
    undress: (text) => text.slice(0, -1),
  },
];
