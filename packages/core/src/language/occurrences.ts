/** What may stand in a name, in the languages that are written like C. */
const WORD = /[\w$\u00AA-\uFFFF]/;

/** Where a name stands between two positions, ascending: in code, strings and comments alike. */
export function occurrencesOf(text: string, name: string, from: number, to: number): readonly number[] {
  const found: number[] = [];
  // a search in the whole text would run on to its end
  const region = from === 0 && to >= text.length ? text : text.slice(from, to);
  occursSuchThat(region, name, (at) => {
    found.push(from + at);
    return false;
  });
  return found;
}

/** Whether the name stands anywhere in the text such that `test` holds for its position. */
export function occursSuchThat(text: string, name: string, test: (at: number) => boolean): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const isWhole = !WORD.test(text.charAt(at - 1)) && !WORD.test(text.charAt(at + name.length));
    if (isWhole && test(at)) return true;
  }
  return false;
}
