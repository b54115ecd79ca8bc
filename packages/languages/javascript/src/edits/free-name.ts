/** Our own prelude, at the place where it binds the client's name. */
const PRELUDE_START = /\bfunction (_katib_push(?:_\d+)?)\(f\)\{return f\}/g;

/** The names that preludes in the text bind. */
export function boundClientNames(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(PRELUDE_START), (match) => match[1] as string));
}

/** A name for the client's function: `_katib_push`, else the first `_katib_push_N` that the text doesn't use for itself. */
export function chooseName(text: string): string {
  const ours = boundClientNames(text);
  const taken = new Set(
    Array.from(text.matchAll(/(?<![\w$])_katib_push(?:_\d+)?(?![\w$])/g), (match) => match[0]),
  );
  const isFree = (name: string) => ours.has(name) || !taken.has(name);
  if (isFree('_katib_push')) return '_katib_push';
  let number = 1;
  while (!isFree(`_katib_push_${number}`)) number++;
  return `_katib_push_${number}`;
}
