/** A path into a JSON value: keys of objects and indices of arrays. An index stays text until it meets an array. */
export type Path = readonly string[];

/** The parts of a JSON pointer (RFC 6901), decoded. The empty pointer is the whole document. */
export function readPointer(pointer: string): Path {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at `path`; undefined where nothing does. Only own properties count. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}
