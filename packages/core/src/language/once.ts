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

/** What is known of a script, by what finds it: empty at first, and for `fact` alone. A `WeakMap` for each fact costs far more. */
export type Facts = Map<object, { readonly value: unknown }>;

/**
 * Something about a script that is found when it is first asked for, and kept as long as the script is. It is read where it
 * is found: the script knows nothing of it.
 *
 *     export const importsOf = fact((script: Script) => collectImports(script));
 */
export function fact<Script extends { readonly facts: Facts }, Value>(
  find: (script: Script) => Value,
): (script: Script) => Value {
  return (script) => {
    let found = script.facts.get(find);
    if (!found) {
      found = { value: find(script) };
      script.facts.set(find, found);
    }
    return found.value as Value;
  };
}

/** A fact that insertions of ours don't change: they load, declare and set nothing. It is found once for a text with and without. */
export function lastingFact<Script extends { readonly facts: Facts; readonly unedited: () => Script }, Value>(
  find: (script: Script) => Value,
): (script: Script) => Value {
  const found = fact(find);
  return ({ unedited }) => found(unedited());
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
