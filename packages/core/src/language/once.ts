/** Finds a value when it is first asked for; what it was found in may be freed then. */
export function once<Value>(find: () => Value): () => Value {
  let finder: (() => Value) | undefined = find;
  let found: Value;
  return () => {
    if (finder) {
      found = finder();
      finder = undefined;
    }
    return found;
  };
}
