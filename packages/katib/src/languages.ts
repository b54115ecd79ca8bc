import type { Language } from '@katib-push/core';
import { createJavaScript } from '@katib-push/javascript';
import { createPython } from '@katib-push/python';
import { createShell } from '@katib-push/shell';

/** Every language that is known here: one line each. */
const registered: readonly (() => Language | Promise<Language>)[] = [
  createShell,
  createPython,
  createJavaScript,
];

/** Loads the languages and their grammars. Call it once and keep the result; it takes some tens of milliseconds. */
export async function loadLanguages(): Promise<readonly Language[]> {
  return Promise.all(registered.map((create) => create()));
}
