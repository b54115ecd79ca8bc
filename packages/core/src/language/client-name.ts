/** The names of the client's function that preludes in the text bind. `prelude` finds one, with the name as its first group. */
export function boundClientNames(text: string, prelude: RegExp): ReadonlySet<string> {
  if (!text.includes('_katib_push')) return new Set();
  return new Set(Array.from(text.matchAll(prelude), (match) => match[1] as string));
}

/** A name for the client's function: `_katib_push`, else the first `_katib_push_N` that the text doesn't use for itself. */
export function chooseClientName(text: string, prelude: RegExp): string {
  if (!text.includes('_katib_push')) return '_katib_push';
  const taken = new Set(
    Array.from(text.matchAll(/(?<![\w$])_katib_push(?:_\d+)?(?![\w$])/g), (match) => match[0]),
  );
  const isFree = (name: string) => !taken.has(name) || boundClientNames(text, prelude).has(name);
  if (isFree('_katib_push')) return '_katib_push';
  let number = 1;
  while (!isFree(`_katib_push_${number}`)) number++;
  return `_katib_push_${number}`;
}
