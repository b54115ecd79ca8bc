export { interpreterPattern, isShimInterpreter } from './interpreter.ts';
export { type ShimNeeds, shimSource, shimVariable, usualShimNeeds } from './source.ts';
export { unwrapWords, type WrapOptions, wrapWords } from './words.ts';
