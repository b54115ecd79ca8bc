'use strict';

/**
 * Milliseconds since 1970 with a fraction, which follow the system's clock. What the program may replace is taken now.
 *
 * @returns {read, usePerformance}: fractions begin when Node's `performance` is given
 */
function createClock() {
  const MOST_DRIFT_MS = 5;
  const wall = Date.now;
  let performance;
  let shift = 0;

  function read() {
    const time = wall();
    if (!performance) return time;
    const fine = performance.timeOrigin + performance.now() + shift;
    if (Math.abs(fine - time) < MOST_DRIFT_MS) return fine;
    shift += time - fine;
    return time;
  }

  function usePerformance(given) {
    performance = given;
  }

  return { read, usePerformance };
}

module.exports = { createClock };
