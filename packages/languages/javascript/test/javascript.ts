import type { Language } from '@katib-push/core';
import { createJavaScript } from '@katib-push/javascript';
import { questionsTo } from '../../../../test/languages/questions.ts';

/** The language under test. */
export const javascript: Language = createJavaScript({ clientSource: '' });

export const questions = questionsTo(javascript);
export const { withDocument, showStatements, lastTemplate, rewrite } = questions;
export { editsOf, showTemplate } from '../../../../test/languages/questions.ts';
