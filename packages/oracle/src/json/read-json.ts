import { pointerOf } from '@katib-push/katib/json-pointer';

/** An object of JSON whose fields are not known to have any type. */
export type JsonObject = { readonly [field: string]: unknown };

/** Whether the value is an object and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
  let at = value;
  for (const step of path) at = typeof step === 'number' ? listOr(at)[step] : objectOr(at)[step];
  return at;
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
