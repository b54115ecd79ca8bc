/**
 * The client's text as it is injected: without comments that fill their lines, but for the first, without empty lines,
 * indented by half, without semicolons in front of a closing brace, and without what only the package
 * `@katib-push/client` has, between `// #region package` and `// #endregion`. Nothing within a line changes, so the text
 * is the same whenever the file is, and reads like it.
 *
 * @param source `client/katib-push.js`, indented by two blanks, without texts that go over several lines, and without
 *   empty statements
 * @throws where a region or comment does not end
 */
export function trimClient(source: string): string {
  const kept: string[] = [];
  let inside: 'region' | 'comment' | undefined;
  for (const line of source.split('\n')) {
    const text = line.trim();
    if (inside === 'region') {
      if (text === '// #endregion') inside = undefined;
    } else if (inside === 'comment') {
      if (text.endsWith('*/')) inside = undefined;
    } else if (text === '// #region package') inside = 'region';
    else if (text.startsWith('/*') && kept.length > 1) inside = text.endsWith('*/') ? undefined : 'comment';
    else if (text !== '' && !text.startsWith('//')) kept.push(' '.repeat(line.search(/\S/) / 2) + text);
  }
  if (inside !== undefined) throw new Error(`a ${inside} of the client does not end`);
  return `${kept.join('\n').replace(/;(?=\n *\})/g, '')}\n`;
}
