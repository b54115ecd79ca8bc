'use strict';

/**
 * Memory that the program and its worker share: a row of integers, and a ring of bytes that holds what waits to be read.
 * Each side makes a channel of its own over the same buffers.
 *
 * @param buffers {state, ring}: shared buffers; absent where they are to be made
 */
function createChannel(buffers) {
  const RING_BYTES = 1 << 22;
  // of a record: its size (negative where it holds pairs, as JSON), the milliseconds since 1970, and its text
  const SIZE_BYTES = 4;
  const HEAD_BYTES = 12;
  const INTEGER_BYTES = 4;
  const cell = {
    // id of the last flush that was answered
    answered: 0,
    // 1: the worker runs, 2: it ended
    phase: 1,
    // where in the ring the worker reads, and where the program writes
    read: 2,
    written: 3,
    // rows that wait to be sent
    waiting: 4,
    // rows that were spilled, and rows that were lost, until that is said; and whether it ever was
    spilled: 5,
    lost: 6,
    told: 7,
    // whether the worker knows that there is something to read
    woken: 8,
  };
  const { load, store } = Atomics;
  const shared = buffers || {
    state: new SharedArrayBuffer(Object.keys(cell).length * INTEGER_BYTES),
    ring: new SharedArrayBuffer(RING_BYTES),
  };
  const state = new Int32Array(shared.state);
  const ring = Buffer.from(shared.ring);

  /** Whether all that was written is read. */
  function isEmpty() {
    return load(state, cell.read) >= load(state, cell.written);
  }

  /** Goes back to the ring's beginning, where all is read. First `written`: the worker reads below it. */
  function rewind() {
    store(state, cell.written, 0);
    store(state, cell.read, 0);
  }

  /** Whether a text of `size` bytes can be put behind what was written. */
  function hasRoom(size) {
    return load(state, cell.written) + HEAD_BYTES + size <= RING_BYTES;
  }

  function put(text, size, time, isPairs) {
    const at = load(state, cell.written);
    ring.writeInt32LE(isPairs ? -size : size, at);
    ring.writeDoubleLE(time, at + SIZE_BYTES);
    ring.write(text, at + HEAD_BYTES);
    store(state, cell.written, at + HEAD_BYTES + size);
  }

  /** The oldest record; it counts as read from here on, whatever comes of it. */
  function take() {
    const at = load(state, cell.read);
    const size = ring.readInt32LE(at);
    const time = ring.readDoubleLE(at + SIZE_BYTES);
    const end = at + HEAD_BYTES + Math.abs(size);
    const text = ring.toString('utf8', at + HEAD_BYTES, end);
    store(state, cell.read, end);
    return { time, text, isPairs: size < 0 };
  }

  const mostBytes = RING_BYTES - HEAD_BYTES;
  return { buffers: shared, state, cell, mostBytes, isEmpty, rewind, hasRoom, put, take };
}

module.exports = { createChannel };
