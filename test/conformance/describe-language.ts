import type { Language } from '@katib-push/core';
import { describe } from 'vitest';
import { describeCases } from './describe-cases.ts';
import { describeProperties } from './describe-properties.ts';
import { describeSubject, type LanguageTests } from './language-tests.ts';
import { readCases } from './read-cases.ts';

/**
 * The conformance kit: declares every test that a language has to pass. Call it from a test file of the language's own
 * folder, at the top level:
 *
 *     await describeLanguage(createPython, { fixtures: new URL('fixtures', import.meta.url), interpreter: 'python3' });
 *
 * A failure says what to write next. `UPDATE=1` writes what is kept beside the cases, and nothing else does.
 */
export async function describeLanguage(
  create: () => Language | Promise<Language>,
  tests: LanguageTests,
): Promise<void> {
  const subject = describeSubject(await create(), tests);
  const cases = readCases(tests.fixtures, tests.defaults);
  describe(`${subject.language.name} conforms`, () => {
    describeCases(subject, cases);
    describeProperties(subject, cases);
  });
}
