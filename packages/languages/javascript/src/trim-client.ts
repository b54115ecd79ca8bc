/**
 * The client's text as it is injected: without comments that fill their lines, but for the first, and without what only
 * the package `@katib-push/client` has, between `// #region package` and `// #endregion`. Every other line stays as it
 * is, so the text is the same whenever the file is, and reads like it.
 *
 * @param source `client/katib-push.js`
 * @throws where a region or comment does not end
 */
export function trimClient(source: string): string {
  const kept: string[] = [];
  let inside: 'region' | 'comment' | undefined;
  let comments = 0;
  for (const line of source.split('\n')) {
    const text = line.trim();
    if (inside === 'region') {
      if (text === '// #endregion') inside = undefined;
      continue;
    }
    if (inside === undefined) {
      if (text === '// #region package') {
        inside = 'region';
        continue;
      }
      if (text.startsWith('//')) continue;
      if (text.startsWith('/*')) {
        inside = 'comment';
        comments++;
      }
    }
    if (inside === 'comment') {
      if (comments === 1) kept.push(line);
      if (text.endsWith('*/')) inside = undefined;
      continue;
    }
    // what was between two comments, or around one
    if (text === '' && (kept.at(-1) ?? '') === '') continue;
    kept.push(line);
  }
  if (inside !== undefined) throw new Error(`a ${inside} of the client does not end`);
  return kept.join('\n');
}
