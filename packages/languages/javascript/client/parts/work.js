'use strict';

/**
 * The worker: turns lines into rows and sends them. It runs while the program computes, and while it exits.
 * Without a port it is what the program's own thread does where no worker can be had: rows are spilled.
 *
 * @param port wakes it; at an exit it brings {id, wait, began}, times in milliseconds
 * @param buffers those of the channel
 * @param setup {names, patterns, trial, address, path, pushesNonFinite, …}
 * @param require gives Node's modules; absent where nothing does
 */
function work(parts, port, buffers, setup, require) {
  const { store, add, notify } = Atomics;
  const LINES_PER_TURN = 500;
  // some time lets a batch gather
  const GATHER_MS = 20;
  // where so many rows wait for a server that takes them, the ring fills, and the program waits
  const MANY_ROWS = 40000;
  const RECENT_MS = 1000;
  const channel = parts.createChannel(buffers);
  const { state, cell } = channel;
  const account = parts.createAccount(channel, setup);
  const spill = parts.createSpill(require?.('node:fs'), setup.path, account);
  const queue = parts.createQueue(setup.trial, spill);
  const toRow = parts.createValueRule(setup.pushesNonFinite);
  const read = setup.patterns
    ? parts.createCustomFilters(setup.names, setup.patterns, toRow)
    : parts.createDefaultFilter(setup.names, toRow);

  function reportedRow([name, value]) {
    return { name, value, isHeld: !setup.pushesNonFinite && /n/i.test(value) };
  }

  /** @param what a line, or pairs of name and value */
  function take(time, what) {
    const rows = typeof what === 'string' ? read(what) : what.map(reportedRow);
    for (const { name, value, isHeld } of rows) {
      if (isHeld) account.skip(name, value);
      else queue.push(time, name, value);
    }
  }

  /** Takes what the program has written, up to `most` lines; `loses`: counts them only. */
  function fetch(most, loses) {
    for (let count = 0; count < most && !channel.isEmpty(); count++) {
      const { time, text, isPairs } = channel.take();
      if (loses) {
        add(state, cell.lost, 1);
        continue;
      }
      add(state, cell.waiting, 1);
      try {
        take(time, isPairs ? JSON.parse(text) : text);
      } catch {}
    }
    notify(state, cell.read);
    countWaiting();
  }

  let sender;

  function countWaiting() {
    store(state, cell.waiting, sender ? sender.countWaiting() : queue.rows.length);
  }

  if (!port) {
    const end = (reason) => {
      account.reason = reason;
      spill(queue.shift(queue.rows.length));
      account.report();
    };
    return { take, fetch, end };
  }

  let flush;
  let gathering;
  let giveUpTimer;
  const connect = (times) => {
    const context = { require, setup, account, queue, ...times };
    return setup.trainer ? parts.createTrainer(parts, context) : parts.createDbManager(parts, context);
  };
  sender = parts.createSender(parts, {
    queue,
    spill,
    account,
    connect,
    onIdle: answer,
    onMove: countWaiting,
  });

  /** Tells the program that all is sent, or that the time for it is over. */
  function answer() {
    countWaiting();
    if (!flush) return;
    clearTimeout(giveUpTimer);
    const left = sender.deadline() - parts.now();
    if (left > 0 && sender.isBusy()) {
      giveUpTimer = setTimeout(answer, left);
      return;
    }
    sender.giveUp();
    account.report();
    store(state, cell.answered, flush.id);
    flush = undefined;
    notify(state, cell.answered);
  }

  function turn() {
    store(state, cell.woken, 0);
    const holds = queue.rows.length > MANY_ROWS && parts.now() - sender.lastMoved() < RECENT_MS;
    if (!holds) fetch(LINES_PER_TURN);
    gathering = channel.isEmpty() ? undefined : setTimeout(turn, holds ? 1 : 0);
    sender.run();
  }

  port.on('message', (message) => {
    if (!message) {
      gathering = gathering || setTimeout(turn, GATHER_MS);
      return;
    }
    flush = message;
    fetch(Infinity);
    sender.hurry(message);
    sender.run();
    answer();
  });
  process.on('uncaughtException', (e) => {
    account.reason = String(e);
  });
  process.on('exit', () => {
    store(state, cell.phase, 2);
    notify(state, cell.answered);
  });
  store(state, cell.phase, 1);
}

module.exports = { work };
