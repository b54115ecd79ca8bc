import type { Language } from '@katib-push/core';
import { createR } from '@katib-push/r';
import { questionsTo } from '../../../../test/languages/questions.ts';

/** The language under test, made once for all files of a worker. */
export const r: Language = await createR();

export const { withDocument, showStatements } = questionsTo(r, { streams: true });
export { showTemplate } from '../../../../test/languages/questions.ts';
