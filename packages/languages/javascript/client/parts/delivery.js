'use strict';

/**
 * The program's side of the worker: starts it with the first metric, hands it lines through shared memory, and waits for
 * it at an exit. Where no worker can be had, or it ends or hangs, what can still be read is spilled.
 *
 * @param setup what the worker is given
 * @param options {exitMs, failsOnLoss}: how long an exit may wait; whether it is to fail where rows are not delivered
 */
function createDelivery(parts, setup, { exitMs, failsOnLoss }) {
  const { load, add, exchange } = Atomics;
  // kept of a line that is too long for the memory
  const LINE_CHARACTERS = 1 << 17;
  const YOUNG_GENERATION_MB = 4;
  // a worker that doesn't start
  const START_MS = 10000;
  const LOOK_MS = 3000;
  const WAIT_MS = 100;
  // a worker that doesn't read
  const HANGS_MS = 9000;
  const EXIT_CODE = 75;
  const { bigint } = process.hrtime;
  const now = () => Number(bigint() / 1000000n);
  const clock = parts.createClock();
  const channel = parts.createChannel();
  const { state, cell } = channel;
  // lines that wait for Node's modules
  const early = [];
  let require;
  let worker;
  // what stands in for the worker
  let local;
  // where the worker read when a wait for it was in vain
  let stuckAt = -1;
  let exitBegan;
  let exitCode;

  /** Node's modules are there. */
  function begin(found) {
    require = found;
    clock.usePerformance(require('node:perf_hooks').performance);
    for (const [what, time] of early.splice(0)) post(what, time);
  }

  function launch() {
    const { Worker } = require('node:worker_threads');
    const functions = Object.keys(parts).map((name) => `${name}: ${parts[name]}`);
    const code = `const { parentPort, workerData: { buffers, setup } } = require('worker_threads');
const parts = { ${functions.join(', ')} };
parts.work(parts, parentPort, buffers, setup, require)`;
    worker = new Worker(code, {
      eval: true,
      name: 'katib-push',
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      trackUnmanagedFds: false,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      workerData: { buffers: channel.buffers, setup },
    });
    worker.on('error', standIn).unref();
  }

  /** @param loses whether lines that were not read are lost: a filter of the user's may hang in them */
  function standIn(error, loses = false) {
    add(state, cell.lost, exchange(state, cell.waiting, 0));
    local = { ...parts.work(parts, null, channel.buffers, setup, require), reason: error.message };
    local.fetch(Infinity, loses);
  }

  /** Whether `size` bytes can be written. Where too much waits it waits for the worker, but not for one that hangs. */
  function makeRoom(size) {
    const began = now();
    for (;;) {
      const readAt = load(state, cell.read);
      if (channel.isEmpty()) {
        channel.rewind();
        stuckAt = -1;
      }
      if (channel.hasRoom(size)) return true;
      if (readAt === stuckAt) return false;
      Atomics.wait(state, cell.read, readAt, WAIT_MS);
      if (now() > began + HANGS_MS && readAt === load(state, cell.read)) stuckAt = readAt;
    }
  }

  /** Hands a line, or pairs of name and value, to the worker. */
  function post(what, time = clock.read()) {
    if (!require && !local) {
      early.push([what, time]);
      return;
    }
    try {
      if (!worker && !local) launch();
    } catch (e) {
      standIn(e);
    }
    if (local) {
      local.take(time, what);
      return;
    }
    const isPairs = typeof what !== 'string';
    let text = isPairs ? JSON.stringify(what) : what;
    let size = Buffer.byteLength(text);
    if (size > channel.mostBytes) {
      text = text.slice(-LINE_CHARACTERS);
      size = Buffer.byteLength(text);
    }
    if (!makeRoom(size)) {
      add(state, cell.lost, 1);
      return;
    }
    channel.put(text, size, time, isPairs);
    if (!exchange(state, cell.woken, 1)) worker.postMessage(0);
  }

  /** Waits for the worker; only what blocks can be done at an exit. */
  function awaitWorker() {
    const id = load(state, cell.answered) + 1;
    worker.postMessage({ id, wait: exitMs, began: exitBegan });
    let lastSeen;
    while (!local && load(state, cell.answered) !== id) {
      const started = load(state, cell.phase) > 0;
      const left = exitBegan + (started ? exitMs : Math.min(exitMs, START_MS)) - now();
      // beyond its time, as long as it still reads or spills
      const seen = left > 0 ? NaN : load(state, cell.read) + load(state, cell.spilled);
      const hasEnded = load(state, cell.phase) > 1;
      if (seen === lastSeen || hasEnded)
        standIn(Error('its thread hangs'), started && Boolean(setup.patterns));
      else Atomics.wait(state, cell.answered, id - 1, Math.max(left, LOOK_MS));
      lastSeen = seen;
    }
  }

  /** Delivers, spills or counts all that there is. */
  function flush() {
    if (!require && early.length) {
      standIn(Error('the program exits too early'));
      for (const [what, time] of early.splice(0)) post(what, time);
    }
    if (worker && !local) awaitWorker();
    if (local) local.end(local.reason);
    const wouldSucceed = !exitCode && !process.exitCode;
    if (failsOnLoss && wouldSucceed && load(state, cell.told)) process.exitCode = EXIT_CODE;
  }

  /** The exit begins; from here on what is posted is flushed at once. */
  function end(code) {
    exitBegan = now();
    exitCode = code;
    flush();
  }

  return { begin, post, flush, end, isEnding: () => exitBegan !== undefined };
}

module.exports = { createDelivery };
