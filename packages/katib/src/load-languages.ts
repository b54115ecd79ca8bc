import type { Language } from '@katib-push/core';
import * as registered from './languages.ts';

/** Loads the languages and their grammars. Call it once and keep the result; it takes some tens of milliseconds. */
export async function loadLanguages(): Promise<readonly Language[]> {
  return Promise.all(Object.values(registered).map((create) => create()));
}
