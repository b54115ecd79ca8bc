/** An expression of the Common Expression Language that is evaluated once, by name. Source: Kubernetes, `Variable`. */
export interface CelVariable {
  readonly name: string;
  readonly expression: string;
}

/** A condition of its own name. Source: Kubernetes, `MatchCondition`. */
export type CelCondition = CelVariable;

/** A text as CEL writes it; its escapes are those of JSON. */
export function celText(text: string): string {
  return JSON.stringify(text);
}

/** A list of texts, or of whatever JSON writes as CEL does. */
export function celList(values: readonly string[]): string {
  return `[${values.map(celText).join(', ')}]`;
}

/** A JSON text of an expression that is a text without control characters: CEL has no function for it. */
export function jsonOf(expression: string): string {
  const escaped = String.raw`.replace("\\", "\\\\").replace("\"", "\\\"")`;
  return String.raw`"\"" + ${expression}${escaped} + "\""`;
}

/** A field that may be missing, or null. Only the last one of a path may be. */
export function fieldOr(path: string, otherwise: string): string {
  return `(has(${path}) && ${path} != null ? ${path} : ${otherwise})`;
}
