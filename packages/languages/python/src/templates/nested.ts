import { fact } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

/** What lies deeper counts as unknown: the stack has to hold it. */
const MOST_NESTED = 100;

const nestingOf = fact((_: Script) => ({ depth: 0 }));

/** What `find` says, or `otherwise` where that would go too deep. */
export function nested<Value>(script: Script, otherwise: Value, find: () => Value): Value {
  const nesting = nestingOf(script);
  if (nesting.depth >= MOST_NESTED) return otherwise;
  nesting.depth += 1;
  try {
    return find();
  } finally {
    nesting.depth -= 1;
  }
}
