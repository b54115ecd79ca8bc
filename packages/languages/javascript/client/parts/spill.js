'use strict';

/**
 * The file for rows that can't be delivered: a JSON line for each, appended; `katib-push replay` sends them.
 *
 * @param fs Node's module; absent where it can't be had
 * @param path absent: what can't be delivered is lost
 * @returns what takes rows: it spills them, or counts them as lost
 */
function createSpill(fs, path, account) {
  const LINES_PER_WRITE = 1000;
  const OWNER_ONLY = 0o600;
  const NEWLINE = 10;
  // the last write was cut short: the next one begins a line of its own
  let torn = false;

  /** Appends lines with one write; returns how many are whole in the file. */
  function write(file, lines) {
    const data = Buffer.from(`${(torn ? '\n' : '') + lines.join('\n')}\n`);
    const written = data.slice(0, fs.writeSync(file, data));
    const newlines = written.toString('latin1').split('\n').length - 1;
    const whole = torn ? Math.max(newlines - 1, 0) : newlines;
    if (written.length) torn = written[written.length - 1] !== NEWLINE;
    return { whole, isFull: written.length < data.length };
  }

  return function spill(rows) {
    let left = rows.length;
    try {
      if (!path || !left || !fs) return;
      const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
      const file = fs.openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW | O_NONBLOCK, OWNER_ONLY);
      try {
        for (let at = 0; at < rows.length; at += LINES_PER_WRITE) {
          const { whole, isFull } = write(file, rows.slice(at, at + LINES_PER_WRITE));
          left -= whole;
          account.spill(whole);
          if (isFull) throw Error('disk full');
        }
      } finally {
        fs.closeSync(file);
      }
    } catch (e) {
      account.addReason(e.message);
    } finally {
      account.lose(left);
    }
  };
}

module.exports = { createSpill };
