import type { Language } from '@katib-push/core';
import { createPython } from '@katib-push/python';
import { questionsTo } from '../../../../test/languages/questions.ts';

/** The language under test, made once for all files of a worker. */
export const python: Language = await createPython();

export const questions = questionsTo(python);
export const { withDocument, showStatements, lastTemplate, rewrite } = questions;
export { editsOf, showTemplate } from '../../../../test/languages/questions.ts';
