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

/**
 * Loads a value on the first call, and hands the same one to all.
 *
 * @returns rejects where `load` does; the next call tries again
 */
export function loadedOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loaded: Promise<Value> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}
