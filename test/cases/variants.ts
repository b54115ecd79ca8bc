/** A script in another dress, in which the rewrite has to come out the same. */
export interface Variant {
  readonly name: string;
  /** Languages to which it is another program: a shell takes each character as it is. */
  readonly notFor?: readonly string[];
  /** The dressed text; `undefined` where it would not be the same program, or not be undressed again. */
  dress(text: string): string | undefined;
  undress(text: string): string;
}

/** Line endings, marks and indentation that must not matter. */
export const variants: readonly Variant[] = [
  {
    name: 'CRLF',
    notFor: ['shell'],
    dress: (text) => (text.includes('\r') ? undefined : text.replaceAll('\n', '\r\n')),
    undress: (text) => text.replaceAll('\r\n', '\n'),
  },
  {
    name: 'a byte order mark',
    notFor: ['shell'],
    dress: (text) => (/^(?:\uFEFF|#!)/.test(text) ? undefined : `\uFEFF${text}`),
    undress: (text) => text.slice(1),
  },
  {
    name: 'tabs',
    dress: (text) =>
      /^ *\t|^(?: {4})* {1,3}\S/m.test(text)
        ? undefined
        : text.replace(/^(?: {4})+/gm, (indent) => '\t'.repeat(indent.length / 4)),
    undress: (text) => text.replace(/^\t+/gm, (indent) => '    '.repeat(indent.length)),
  },
  {
    name: 'no newline at the end',
    dress: (text) => (/[^\s\\]\n+$/.test(text) ? text.replace(/\n+$/, '') : undefined),
    undress: (text) => text,
  },
];
