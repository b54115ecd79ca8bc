export { createJavaScript, type JavaScriptOptions } from './javascript.ts';
