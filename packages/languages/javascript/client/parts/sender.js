'use strict';

/**
 * Sends rows, in order, one call at a time: what can't be reached is tried again while the program runs, and what is
 * refused is halved, to save the rows that are not to blame, and spilled.
 *
 * @param context {queue, spill, account, connect}: `connect` makes the destination, given {deadline, sleep, isEnding}
 * @param onMove called when rows were delivered or given up
 * @param onIdle called when it stops: all is sent, or an exit does not let it
 */
function createSender(parts, { queue, spill, account, connect, onMove, onIdle }) {
  // of one call
  const MOST_ROWS = 999;
  const MOST_BYTES = 1000000;
  // for trouble that may be the server's or the rows'
  const TRIES = 20;
  const MOST_HALVINGS = 40;
  const FIRST_PAUSE_MS = 100;
  const MOST_DOUBLINGS = 5;
  // an exit waits no longer for a server that never answered
  const NEVER_REACHED_MS = 10000;
  // gRPC: no answer, DEADLINE_EXCEEDED, UNAVAILABLE
  const AWAY = [null, 4, 14];
  // NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION, UNIMPLEMENTED, DATA_LOSS, UNAUTHENTICATED
  const FINAL = [5, 6, 7, 9, 12, 15, 16];
  // INVALID_ARGUMENT, OUT_OF_RANGE
  const ROWS_FAULT = [3, 11];
  const { now } = parts;
  // under way: {rows, message, tries}; what comes of the first is not known
  const pieces = [];
  let halvings = 0;
  let isRunning = false;
  let wasReached = false;
  // of an exit: {began, wait}, in milliseconds
  let exit;
  let lastMoved = -Infinity;
  let wake = () => {};

  function deadline() {
    if (!exit) return Infinity;
    return exit.began + (wasReached ? exit.wait : Math.min(exit.wait, NEVER_REACHED_MS));
  }

  /** Waits; not beyond the beginning of an exit. */
  function sleep(milliseconds) {
    return new Promise((resolve) => {
      wake = resolve;
      setTimeout(resolve, milliseconds);
    });
  }

  const destination = connect({ deadline, sleep, isEnding: () => Boolean(exit) });

  function addPiece(at, rows, tries, fields = rows.map(destination.encodeRow)) {
    pieces.splice(at, 0, { rows, message: destination.encodeMessage(fields), tries });
  }

  /** Takes the next call's rows. */
  function takePiece() {
    const fields = [];
    let bytes = 0;
    while (fields.length < Math.min(queue.rows.length, MOST_ROWS)) {
      const field = destination.encodeRow(queue.rows[fields.length]);
      bytes += field.length;
      if (fields.length && bytes > MOST_BYTES) break;
      fields.push(field);
    }
    halvings = MOST_HALVINGS;
    addPiece(0, queue.shift(fields.length), TRIES, fields);
  }

  /** Gives a refused piece up, or tries its halves: one bad row may be the reason. */
  function split(piece, isFinal) {
    const half = piece.rows.length >> 1;
    if (isFinal || !half || halvings <= 0) return spill(piece.rows);
    halvings--;
    addPiece(0, piece.rows.slice(0, half), 1);
    addPiece(1, piece.rows.slice(half), 1);
  }

  async function attempt(piece) {
    try {
      const status = await destination.send(piece, deadline());
      wasReached = true;
      return status;
    } catch (e) {
      account.reason = e.message;
      return null;
    }
  }

  /** Delivers the first piece, spills it, or halves it; false where an exit does not let it. */
  async function deliver() {
    const [piece] = pieces;
    for (let tries = 1; ; tries++) {
      const wasClosed = destination.isClosed();
      const status = await attempt(piece);
      // spilled at an exit
      if (piece !== pieces[0]) return true;
      if (status === 0) {
        pieces.shift();
        return true;
      }
      destination.close();
      const isFinal = FINAL.includes(status);
      const isLast = !AWAY.includes(status) && tries >= piece.tries;
      if (isFinal || isLast || ROWS_FAULT.includes(status)) {
        pieces.shift();
        split(piece, isFinal);
        return true;
      }
      // an idle connection that was gone: again at once
      if (!wasClosed && tries === 1) continue;
      const left = deadline() - now();
      if (left <= 0) return false;
      const pause = Math.random() * FIRST_PAUSE_MS * 2 ** Math.min(tries - 1, MOST_DOUBLINGS);
      await sleep(Math.min(left, pause));
    }
  }

  async function run() {
    if (isRunning) return;
    isRunning = true;
    try {
      while (queue.rows.length || pieces.length) {
        if (!pieces.length) takePiece();
        if (!(await deliver())) break;
        lastMoved = now();
        onMove();
      }
    } catch (e) {
      account.reason = String(e);
    }
    isRunning = false;
    onIdle();
  }

  /** From here on only what an exit lets is sent. */
  function hurry(ending) {
    exit = ending;
    wake();
  }

  /** Spills all that is left. */
  function giveUp() {
    for (const { rows } of pieces.splice(0)) spill(rows);
    spill(queue.shift(queue.rows.length));
    destination.close();
  }

  return {
    run,
    hurry,
    giveUp,
    deadline,
    isBusy: () => isRunning || queue.rows.length > 0 || pieces.length > 0,
    countWaiting: () => pieces.reduce((sum, { rows }) => sum + rows.length, queue.rows.length),
    lastMoved: () => lastMoved,
  };
}

module.exports = { createSender };
