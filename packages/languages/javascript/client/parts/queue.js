'use strict';

/**
 * The rows that wait to be sent, the oldest first, as lines of the spill file, which take the least memory. Beyond its
 * bounds the oldest tenth is spilled.
 */
function createQueue(trial, spill) {
  const MOST_ROWS = 200000;
  const MOST_CHARACTERS = 64000000;
  const MICROSECONDS = 1000000;
  const rows = [];
  let characters = 0;
  let lastTime = 0;
  let second;
  let secondText;

  /** RFC 3339 with microseconds, later than all before. */
  function stamp(milliseconds) {
    lastTime = Math.max(Math.floor(milliseconds * 1000), lastTime + 1);
    const whole = Math.floor(lastTime / MICROSECONDS);
    if (whole !== second) secondText = new Date(whole * 1000).toISOString().slice(0, 20);
    second = whole;
    return `${secondText + String(lastTime % MICROSECONDS).padStart(6, '0')}Z`;
  }

  /** Removes the oldest rows. */
  function shift(count) {
    const oldest = rows.splice(0, count);
    for (const row of oldest) characters -= row.length;
    return oldest;
  }

  function push(milliseconds, name, value) {
    const row = JSON.stringify({
      trial_name: trial,
      time_stamp: stamp(milliseconds),
      metric: { name, value },
    });
    characters += row.length;
    rows.push(row);
    while (rows.length > MOST_ROWS || characters > MOST_CHARACTERS) spill(shift(Math.ceil(rows.length / 10)));
  }

  return { rows, push, shift };
}

module.exports = { createQueue };
