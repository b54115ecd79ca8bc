'use strict';

/**
 * Reads with the user's expressions. A line over 4096 characters is cut, at \r and at that size; pieces without a wanted
 * name are skipped.
 *
 * @param patterns sources of expressions for the flags `gu`; those with fewer than two groups find nothing
 * @param toRow the rule for values
 * @returns what gives a line's rows
 */
function createCustomFilters(names, patterns, toRow) {
  const PIECE = 4096;
  const PIECES = /[^\r]{1,4096}/gu;
  const flags = 'hasIndices' in RegExp.prototype ? 'dgu' : 'gu';
  const countGroups = (pattern) => RegExp(`${pattern}|`, 'u').exec('').length - 1;
  const filters = patterns
    .filter((pattern) => countGroups(pattern) > 1)
    .map((pattern) => RegExp(pattern, flags));

  /** As Go's strings.TrimSpace. */
  function trim(text) {
    return (text || '').replace(/^(?:(?!\ufeff)[\s\x85])+|(?:(?!\ufeff)[\s\x85])+$/g, '');
  }

  /** Old Nodes can't tell where a group ends: there it may always be at the end of the match. */
  function endsWithValue(match) {
    const value = match.indices?.[2];
    return !match.indices || (value !== undefined && value[1] === match.index + match[0].length);
  }

  function rowOf(match, name, text) {
    const value = trim(match[2]);
    // where the value ends the match, what begins there may be looked at
    if (!endsWithValue(match)) return toRow(name, value);
    return toRow(name, value, text, match.index + match[0].length - value.length);
  }

  return function read(text) {
    const hasName = (piece) => names.some((name) => piece.includes(name));
    const pieces = text.length > PIECE ? text.match(PIECES).filter(hasName) : [text];
    const rows = [];
    for (const filter of filters) {
      for (const piece of pieces) {
        for (const match of piece.matchAll(filter)) {
          const name = trim(match[1]);
          if (names.includes(name)) rows.push(rowOf(match, name, piece));
        }
      }
    }
    return rows;
  };
}

module.exports = { createCustomFilters };
