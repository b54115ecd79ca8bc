export { describeLanguage } from './describe-language.ts';
export type { LanguageTests, Ran } from './language-tests.ts';
