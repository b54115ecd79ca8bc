'use strict';

/**
 * The rule for what a filter reads as a value, the same in all clients:
 *
 * 1. In place of one that is empty, or a sign alone, the text that begins there is looked at: the one real number of
 *    `tensor(0.5, device='cuda:0')`, `[[0.5]]`, `np.float64(0.5)` and the like is pushed; NaN and infinities on demand.
 * 2. What Go's ParseFloat takes, as Katib's controller calls it, is pushed as it is; all else is held back, and counted.
 *
 * @param pushesNonFinite whether NaN and infinities are pushed
 * @returns (name, value, text, at): the row {name, value, isHeld}; without a text there is nothing to look at
 */
function createValueRule(pushesNonFinite) {
  const AHEAD = 512;
  const NOTHING = /^[+-]?$/;
  const NOT_FINITE = /n/i;
  // `[`, `(`, `np.float64(`: a bracket; in front of a round one the name of an array or of a scalar
  const OPENER =
    /^(?:(?:[\w.]*\.)?[\d_]*(?:[Tt]ensor|(?:Device)?Array|array|b?float|u?int)[\d_]*(?=\())?[([]\s*/;
  const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan|inf(?:inity)?)(?!\w)/i;
  const COMMA = /^\s*,?\s*/;
  // `dtype=float32`: nothing but keywords follows
  const KEYWORD = /^\w+=/;

  const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan|inf(?:inity)?)$/i;

  function isGoFloat(text) {
    return FLOAT.test(text) && (NOT_FINITE.test(text) || Number.isFinite(Number(text)));
  }

  /** The number that begins at `at`, bare where it is not finite, else inside brackets; empty where there is none. */
  function findNumber(text, at) {
    let rest = text.slice(at, at + AHEAD);
    const skip = (pattern) => {
      const [found] = pattern.exec(rest) || [''];
      rest = rest.slice(found.length);
      return found;
    };
    const closers = [];
    for (let opener = skip(OPENER); opener; opener = skip(OPENER)) {
      closers.unshift(opener.includes('(') ? ')' : ']');
    }
    const number = skip(NUMBER);
    for (const closer of closers) {
      if (skip(COMMA).includes(',') && KEYWORD.test(rest)) break;
      if (skip(/^./) !== closer) return '';
    }
    return closers.length || NOT_FINITE.test(number) ? number : '';
  }

  return function toRow(name, value, text, at) {
    const number = text === undefined || !NOTHING.test(value) ? '' : findNumber(text, at);
    const pushed = number || value;
    const isHeld = !isGoFloat(pushed) || (NOT_FINITE.test(number) && !pushesNonFinite);
    return { name, value: pushed, isHeld };
  };
}

module.exports = { createValueRule };
