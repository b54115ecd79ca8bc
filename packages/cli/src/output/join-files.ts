/** A byte order mark, as a character. */
const BOM = '\ufeff';

/** Texts of several files as one stream of YAML documents: each begins with `---` unless it is the first. */
export function joinFiles(files: readonly { readonly text: string; readonly bom: boolean }[]): string {
  let stream = '';
  for (const [i, { text, bom }] of files.entries()) {
    if (i === 0) {
      stream = (bom ? BOM : '') + text;
      continue;
    }
    const eol = /\r\n/.test(stream) ? '\r\n' : '\n';
    if (stream !== '' && !stream.endsWith('\n')) stream += eol;
    // Directives of the next file need the end of this document in front of them.
    const begins = /^(?:\s*#[^\n]*\n|\s*\n)*(---|%)/.exec(text)?.[1];
    stream += begins === '---' ? text : begins === '%' ? `...${eol}${text}` : `---${eol}${text}`;
  }
  return stream;
}
