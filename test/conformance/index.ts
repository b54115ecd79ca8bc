export { describeLanguage } from './describe-language.ts';
export type { Ran } from './language-tests.ts';
