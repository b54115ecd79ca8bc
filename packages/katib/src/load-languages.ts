import type { Language } from '@katib-push/core';
import * as registered from './languages.ts';

/**
 * Loads the languages and their grammars. Call it once and keep the result; it takes some tens of milliseconds.
 *
 * One after the other: grammars share one WASM runtime, which mixes up those that are loaded at the same time.
 */
export async function loadLanguages(): Promise<readonly Language[]> {
  const languages: Language[] = [];
  for (const create of Object.values(registered)) languages.push(await create());
  return languages;
}
