import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { refuseAsync, refuseNonlocal, refuseOutsideFunction, refuseOutsideLoop } from './placement.ts';
import { refuseExcept, refuseExec, refuseOld, refusePrint, refuseRaise } from './python-2.ts';

/**
 * What the tree says of a place where a word stands.
 *
 * @param at the smallest node there: one of any kind, as the word may also stand in a text or a comment
 * @returns what is wrong, without a full stop; `undefined` if nothing is
 */
type Rule = (at: Syntax, script: Script) => string | undefined;

export interface Rules {
  /** Finds the words. */
  readonly words: RegExp;
  readonly byWord: Readonly<Record<string, Rule>>;
}

/** Habits of Python 2. */
export const python2: Rules = {
  words: /\b(?:print|exec)\b(?=[ \t]*[^\s(=.,)\]:])|\b(?:except|raise)\b(?=[^\r\n]*,)|<>|`/g,
  byWord: {
    except: refuseExcept,
    exec: refuseExec,
    print: refusePrint,
    raise: refuseRaise,
    '<>': refuseOld,
    '`': refuseOld,
  },
};

/**
 * What is right by the grammar, and wrong where it stands, as code is that was moved out of a function or a notebook. What
 * else only CPython's compiler refuses (a parameter that is there twice) is taken: it fails with or without a rewrite.
 */
export const places: Rules = {
  words: /\b(?:async|await|break|continue|nonlocal|return|yield)\b/g,
  byWord: {
    async: refuseAsync,
    await: refuseAsync,
    break: refuseOutsideLoop,
    continue: refuseOutsideLoop,
    nonlocal: refuseNonlocal,
    return: refuseOutsideFunction,
    yield: refuseOutsideFunction,
  },
};
