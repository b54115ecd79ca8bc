import type { HoleType } from './template.ts';

/** A type, or `undefined` for what adds nothing: a name within its own definition. */
export type KnownType = HoleType | undefined;

/** Whether the text is that of a number, as far as anything is known of it. */
export function isNumeric(type: KnownType): boolean {
  return type === 'integer' || type === 'number' || type === undefined;
}

/** What holds whichever of the types a value has; `undefined` if there are none. */
export function joinTypes(types: readonly KnownType[]): KnownType {
  let joined: KnownType;
  for (const type of types) {
    if (type === undefined || type === joined) continue;
    if (joined === undefined) joined = type;
    else if (isNumeric(type) && isNumeric(joined)) joined = 'number';
    else return 'unknown';
  }
  return joined;
}
