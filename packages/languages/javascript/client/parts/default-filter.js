'use strict';

/**
 * Katib's default filter, `([\w|-]+)\s*=\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)`, read from one "=" to the next, in linear time.
 *
 * @param toRow the rule for values
 * @returns what gives a line's rows
 */
function createDefaultFilter(names, toRow) {
  // RE2's \s
  const BLANKS = '\t\n\f\r ';
  const VALUE = /[\t\n\f\r ]*([+-]?\d*(?:\.\d+)?(?:[Ee][+-]?\d+)?)/y;
  const isOfName = (character) => /[\w|-]/.test(character);
  const possible = names.filter((name) => /^[\w|-]+$/.test(name));

  return function read(text) {
    const rows = [];
    // where the next name may begin
    let from = 0;
    for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', from)) {
      let nameEnd = at;
      while (nameEnd > from && BLANKS.includes(text[nameEnd - 1])) nameEnd--;
      const leastStart = from;
      from = at + 1;
      if (nameEnd === leastStart || !isOfName(text[nameEnd - 1])) continue;
      VALUE.lastIndex = from;
      const value = VALUE.exec(text)[1];
      from = VALUE.lastIndex;
      for (const name of possible) {
        const start = nameEnd - name.length;
        const isWhole = start === leastStart || (start > leastStart && !isOfName(text[start - 1]));
        if (isWhole && text.startsWith(name, start)) rows.push(toRow(name, value, text, from - value.length));
      }
    }
    return rows;
  };
}

module.exports = { createDefaultFilter };
