import { boundClientNames, fact } from '@katib-push/core';
import type { Script } from './script.ts';

/** Our own prelude, at the place where it binds the client's name. */
export const preludeStart = /\b(_katib_push(?:_\d+)?)=lambda f,\*_:f; ?exec\(/g;

/** Names that preludes in the text bind. */
export const clientNamesIn = fact(({ text }: Script) => boundClientNames(text, preludeStart));

/** A script's text without the preludes of ours that it holds, each up to the end of its line. */
export const withoutPreludes = fact(({ text }: Script) =>
  text.replace(/\b_katib_push\w*=lambda f,\*_:f; exec\([^\n]*/g, ''),
);
