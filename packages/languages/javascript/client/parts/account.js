'use strict';

/**
 * Counts what becomes of rows that are not delivered, where the program sees it too, and says it.
 *
 * @param channel the shared integers
 * @param setup {address, path}: where rows go, and where those that can't
 */
function createAccount(channel, { address, path }) {
  const { state, cell } = channel;
  const { add, exchange, store } = Atomics;
  let skipped = 0;
  let firstSkipped;

  // past process.stderr
  const say = (text) => process._rawDebug(`katib-push: ${text.replace(/\s+/g, ' ')}`);

  return {
    /** Why rows were not delivered: the latest trouble. */
    reason: 'not tried',

    addReason(reason) {
      if (!this.reason.includes(reason)) this.reason += `; ${reason}`;
    },

    skip(name, value) {
      if (skipped === 0) firstSkipped = `${name}=${value}`;
      skipped++;
    },

    spill(count) {
      add(state, cell.spilled, count);
    },

    lose(count) {
      add(state, cell.lost, count);
    },

    /** At the end: says what was not pushed, if anything. */
    report() {
      if (skipped) say(`${skipped} values are not pushed: no finite numbers (first: ${firstSkipped})`);
      skipped = 0;
      const spilled = exchange(state, cell.spilled, 0);
      const lost = exchange(state, cell.lost, 0);
      if (!spilled && !lost) return;
      store(state, cell.told, 1);
      const where = [];
      if (spilled) where.push(`${spilled} are in ${path} (katib-push replay ${path})`);
      if (lost) where.push(`${lost} are lost`);
      say(`${spilled + lost} observations did not reach ${address} (${this.reason}): ${where.join(', ')}`);
    },
  };
}

module.exports = { createAccount };
