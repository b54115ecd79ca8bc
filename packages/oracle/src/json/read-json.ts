import { valueAt as atPath, isRecord as isObject, pointerOf } from '@katib-push/katib/json-pointer';

/** An object of JSON whose fields are not known to have any type. */
export type JsonObject = Readonly<Record<string, unknown>>;

export { isObject };

/** The value as an object; `{}` for anything else, so that fields of a wrong type read as absent. */
export function objectOr(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list; `[]` for anything else. */
export function listOr(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a list, what is none left out. */
export function textsOf(value: unknown): readonly string[] {
  return listOr(value).filter((item) => typeof item === 'string');
}

/** The value at the end of a path of fields; absent where a step is missing. */
export function valueAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  return atPath(value, path);
}

/** A JSON pointer (RFC 6901) one step longer. */
export function pointerTo(parent: string, step: string | number): string {
  return parent + pointerOf([step]);
}

/** A copy of `root` with another value at a path that is there up to its last token; `undefined` removes. */
export function setAt(
  root: unknown,
  [token, ...rest]: readonly (string | number)[],
  value: unknown,
): unknown {
  if (token === undefined) return value;
  if (Array.isArray(root))
    return root.map((item, index) => (index === token ? setAt(item, rest, value) : item));
  const { [token]: inner, ...others } = root as Record<string | number, unknown>;
  const changed = setAt(inner, rest, value);
  return changed === undefined ? others : { ...others, [token]: changed };
}
