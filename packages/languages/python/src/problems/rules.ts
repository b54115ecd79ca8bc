import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { refuseScope } from './declared.ts';
import { refuseMatch } from './patterns.ts';
import {
  refuseAsync,
  refuseBareExcept,
  refuseFuture,
  refuseOutsideFunction,
  refuseOutsideLoop,
  refuseParameters,
  refuseStar,
  refuseWildcard,
} from './placement.ts';
import { refuseExcept, refuseExec, refuseOld, refusePrint, refuseRaise } from './python-2.ts';
import { refuseWalrus } from './walrus.ts';

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

/** What is right by the grammar and still refused: it stands in the wrong place, or names what it may not. */
export const rules: Rules = {
  words:
    /\b(?:__future__|async|await|break|continue|def|except(?=[ \t]*:)|global|import(?=[ \t]*\*)|lambda|match|nonlocal|return|yield)\b|:=|(?<=(?:^|[=[(]|\b(?:as|for|in|return|yield))[ \t]*)\*/gm,
  byWord: {
    __future__: refuseFuture,
    async: refuseAsync,
    await: refuseAsync,
    break: refuseOutsideLoop,
    continue: refuseOutsideLoop,
    def: refuseParameters,
    except: refuseBareExcept,
    global: refuseScope,
    import: refuseWildcard,
    lambda: refuseParameters,
    match: refuseMatch,
    nonlocal: refuseScope,
    return: refuseOutsideFunction,
    yield: refuseOutsideFunction,
    ':=': refuseWalrus,
    '*': refuseStar,
  },
};
