import { boundClientNames, fact } from '@katib-push/core';
import type { Script } from './script.ts';

/** Our own prelude, at the place where it binds the client's name. */
export const preludeStart = /\bfunction (_katib_push(?:_\d+)?)\(f\)\{return f\}/g;

/** Names that preludes in the text bind. */
export const clientNamesIn = fact(({ text }: Script) => boundClientNames(text, preludeStart));
