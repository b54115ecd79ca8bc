'use strict';

/** Resolves on `event`; rejects on an error, or after `milliseconds`. */
function waitFor(emitter, event, milliseconds) {
  const LEAST = 10;
  return new Promise((resolve, reject) => {
    setTimeout(reject, Math.max(LEAST, milliseconds), Error('timed out'));
    emitter.once(event, resolve).on('error', reject);
  });
}

/** Milliseconds of a clock that nobody sets. */
function now() {
  return Number(process.hrtime.bigint() / 1000000n);
}

module.exports = { waitFor, now };
