'use strict';
/**
 * katib-push client: pushes the metrics that a Katib trial prints to Katib's DB manager.
 *
 * It reads what is written to stdout and stderr as Katib's collector would. Side effects: `write` of process.stdout and
 * process.stderr, one 'exit' listener, one worker thread from the first metric on. Node 14+, no dependencies.
 *
 * The text is a function body, given `katib_push_into`: {bind, require?, overrides?}; or a CommonJS module.
 */
const KEY = Symbol.for('katib_push (client)'); // on globalThis: once per process
const LINE = 1 << 17; // characters kept of a long unfinished line
const LINES = 100000; // lines that may wait to be read

/**
 * The worker's part: turns lines into rows, and rows into calls, in order. It runs while the program computes, and
 * while it exits. Its text is all that the worker gets, so it uses nothing from outside.
 *
 * @param port brings lines, [milliseconds, text], and at exit {id, wait, began, lost}, times in milliseconds
 * @param state shared integers: last id that was answered, 1 once it runs (2: it ended), lines read
 */
function sender(port, state, setup, require) {
  const { names, patterns, address } = setup;
  const [http2, net, dns] = ['http2', 'net', 'dns'].map(require);
  const PIECE = 4096; // characters that a custom filter reads at once
  const ROWS = 200000; // rows that may wait to be sent; the oldest go first
  const isWord = (char) => /^[\w|-]$/.test(char);
  const isSpace = (char) => '\t\n\f\r '.includes(char); // RE2's \s

  /** Reads `([\w|-]+)\s*=\s*(number)` from one "=" to the next, in linear time. */
  function defaultFilter() {
    const wanted = names.filter((name) => /^[\w|-]+$/.test(name));
    const number = /[\t\n\f\r ]*([+-]?\d*(?:\.\d+)?(?:[Ee][+-]?\d+)?)/y;
    return (text) => {
      const found = [];
      let low = 0;
      for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', low)) {
        let end = at;
        while (end > low && isSpace(text[end - 1])) end--;
        const start = low;
        low = at + 1;
        if (end === start || !isWord(text[end - 1])) continue;
        number.lastIndex = low;
        const value = number.exec(text)[1];
        low = number.lastIndex;
        for (const name of wanted) {
          const from = end - name.length;
          if (from >= start && text.startsWith(name, from) && (from === start || !isWord(text[from - 1]))) {
            found.push([name, value]);
          }
        }
      }
      return found;
    };
  }

  /** As Go's strings.TrimSpace. */
  function trim(text) {
    const blank = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
    let from = 0;
    let to = text.length;
    while (from < to && blank.test(text[from])) from++;
    while (from < to && blank.test(text[to - 1])) to--;
    return text.slice(from, to);
  }

  /**
   * Reads with the user's expressions. A line over PIECE characters is cut, at \r and at that size; pieces without a
   * wanted name are skipped.
   */
  function customFilters() {
    const filters = patterns.map((pattern) => new RegExp(pattern, 'gu'));
    const groups = (each) => new RegExp(each.source + '|', 'u').exec('').length - 1;
    const used = filters.filter((each) => groups(each) > 1);
    const cut = (text) => {
      const pieces = [];
      const chars = Array.from(text);
      for (let at = 0; at < chars.length; at += PIECE) pieces.push(chars.slice(at, at + PIECE).join(''));
      return pieces;
    };
    return (text) => {
      let parts = [text];
      if (text.length > PIECE) {
        parts = text.split('\r').reduce((all, part) => all.concat(cut(part)), []);
        parts = parts.filter((part) => names.some((name) => part.includes(name)));
      }
      const found = [];
      for (const each of used) {
        for (const part of parts) {
          for (const [, name, value] of part.matchAll(each)) {
            for (const one of names) if (one === trim(name || '')) found.push([one, trim(value || '')]);
          }
        }
      }
      return found;
    };
  }

  /** A protobuf field that has a length. */
  function field(tag, ...parts) {
    const data = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const head = [tag];
    let size = data.length;
    for (; size > 127; size >>>= 7) head.push((size & 127) | 128);
    return Buffer.concat([Buffer.from([...head, size]), data]);
  }

  const read = patterns ? customFilters() : defaultFilter();
  const trial = field(10, setup.trial);
  let rows = [];
  let batch = []; // under way: what comes of it is not known
  let [lost, last, error] = [0, 0, 'not tried'];
  let [link, reached, running, wake, timer, gather] = [null, false, false, null, 0, 0];
  let ending = null; // the message of an exit

  const now = () => Number(process.hrtime.bigint() / 1000000n);
  const deadline = () => (ending ? ending.began + (reached ? ending.wait : Math.min(ending.wait, 10000)) : Infinity);

  const say = (text) => process._rawDebug('katib-push: ' + text); // past process.stderr

  /** RFC 3339 with microseconds, later than all before. */
  function stamp(at) {
    last = Math.max(Math.floor(at * 1000), last + 1);
    const second = new Date(Math.floor(last / 1000)).toISOString().slice(0, 20);
    return second + String(last % 1000000).padStart(6, '0') + 'Z';
  }

  function take(at, text) {
    for (const [name, value] of read(text)) {
      // Katib would store "" too, and stall
      if (value) rows.push(field(10, field(10, stamp(at)), field(18, field(10, name), field(18, value))));
    }
    if (rows.length > ROWS * 1.1) {
      lost += rows.length - ROWS;
      rows = rows.slice(-ROWS);
    }
  }

  /** Resolves on `event`; rejects on an error, or after `ms` milliseconds. */
  function once(emitter, event, ms) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(Error('timed out')), Math.max(10, ms));
      const end = (then) => (value) => {
        clearTimeout(late);
        then(value);
      };
      emitter.once(event, end(resolve)).on('error', end(reject));
    });
  }

  async function connect(until) {
    const [, name, port] = /^(.*):(\d+)$/.exec(address) || [0, address, 6789];
    let failure;
    for (const host of await dns.promises.lookup(name.replace(/^\[|\]$/g, ''), { all: true })) {
      const socket = net.connect(Number(port), host.address);
      try {
        await once(socket, 'connect', Math.min(5000, until - now()));
        socket.setNoDelay(true);
        const settings = { enablePush: false };
        link = http2.connect('http://katib', { createConnection: () => socket, settings });
        link.on('error', () => {}).setTimeout(60000, () => link && link.close());
        return;
      } catch (e) {
        failure = e;
        socket.destroy();
      }
    }
    throw failure;
  }

  function close() {
    if (link) link.destroy();
    link = null;
  }

  /** Makes one call; returns its grpc-status, null where the answer has none. */
  async function call(message, until) {
    const stream = link.request({
      ':method': 'POST',
      ':path': '/api.v1.beta1.DBManager/ReportObservationLog',
      ':authority': address,
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': 'katib-push',
    });
    const found = {};
    const keep = (headers) => Object.assign(found, headers);
    stream.on('response', keep).on('trailers', keep).resume();
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([head, message]));
    await once(stream, 'close', until - now());
    const status = found['grpc-status'];
    error = 'grpc-status ' + status + ' ' + (found['grpc-message'] || '');
    return /^\d+$/.test(status) ? Number(status) : null;
  }

  /** Delivers the batch, or drops it; false where an exit does not let it. */
  async function send(message) {
    for (let attempt = 1; ; attempt++) {
      if (link && (link.closed || link.destroyed)) close();
      const fresh = !link;
      let status = null;
      try {
        const until = Math.min(now() + 15000, deadline());
        if (fresh) await connect(until);
        status = await call(message, until);
        reached = true;
      } catch (e) {
        error = String(e && e.message);
      }
      if (status === 0) return true;
      close();
      // what no retry changes; at last also Katib's answer to any trouble with its database
      if ([3, 5, 6, 7, 9, 11, 12, 15, 16].includes(status) || ([2, 13].includes(status) && attempt > 19)) {
        if (!lost) say(address + ' refuses observations: ' + error);
        lost += batch.length;
        return true;
      }
      if (!fresh && attempt === 1) continue; // an idle connection that was gone: again at once
      const pause = Math.min(100 * 2 ** Math.min(attempt, 5), deadline() - now());
      if (pause <= 0) return false;
      await new Promise((resolve) => {
        wake = resolve;
        setTimeout(resolve, pause);
      });
    }
  }

  async function drain() {
    if (running) return;
    running = true;
    for (let going = true; going; ) {
      let size = batch.reduce((sum, row) => sum + row.length, 0);
      let count = 0;
      while (count < rows.length && batch.length < 999 && (!batch.length || size + rows[count].length < 1000000)) {
        size += rows[count].length;
        batch.push(rows[count++]);
      }
      rows.splice(0, count);
      going = batch.length > 0 && (await send(Buffer.concat([trial, field(18, ...batch)])));
      if (going) batch = [];
    }
    running = false;
    answer();
  }

  /** Tells the program that all is sent, or that the time for it is over. */
  function answer() {
    if (!ending) return;
    clearTimeout(timer);
    const left = deadline() - now();
    if (left > 0 && (running || rows.length || batch.length)) {
      timer = setTimeout(answer, left);
      return;
    }
    const unsent = lost + batch.length + rows.length;
    if (unsent) say(unsent + ' observations did not reach ' + address + ': ' + error);
    lost = 0;
    const { id } = ending;
    ending = null;
    close();
    Atomics.store(state, 0, id);
    Atomics.notify(state, 0);
  }

  port.on('message', (message) => {
    if (message.id) {
      ending = message;
      lost += message.lost;
      if (wake) wake();
      drain();
      answer();
      return;
    }
    Atomics.add(state, 2, 1);
    try {
      take(message[0], message[1]);
    } catch (e) {}
    gather = gather || setTimeout(() => drain((gather = 0)), 20); // lets a batch gather
  });
  process.on('exit', () => {
    Atomics.store(state, 1, 2);
    Atomics.notify(state, 0);
  });
  Atomics.store(state, 1, 1);
}

/** Installs the taps; returns what `_katib_push` is to be. */
function start(config, trial, address, limit, streams, library) {
  const names = Array.from(config.metrics, String);
  const patterns = config.filters || null;
  if (patterns) patterns.forEach((each) => new RegExp(each, 'gu')); // throws here, not in the worker
  const every = config.coverage === 'output';
  const drop = config.output === 'drop';
  const { apply } = Reflect;
  const { bind } = Function.prototype;
  const wall = Date.now;
  const { bigint } = process.hrtime;
  const now = () => Number(bigint() / 1000000n); // the worker's clock too

  // ---- Delivery ----

  const state = new Int32Array(new SharedArrayBuffer(12));
  const early = []; // lines that wait for Node's built-in modules
  let [require, worker, performance, posted, lost, shift] = [null, null, null, 0, 0, 0];
  let over = 0; // once it exits: when the time for that ends

  /** Milliseconds since 1970 with a fraction; follows the system's clock. */
  function clock() {
    const time = wall();
    if (!performance) return time;
    const fine = performance.timeOrigin + performance.now() + shift;
    if (Math.abs(fine - time) < 5) return fine;
    shift += time - fine;
    return time;
  }

  library((given) => {
    require = given;
    ({ performance } = require('perf_hooks'));
    // what a worker thread of the program writes, the main thread writes again
    if (every && !require('worker_threads').isMainThread) names.length = 0;
    for (const line of early.splice(0)) post(line);
  });

  function launch() {
    const { Worker } = require('worker_threads');
    const setup = { trial, address, names, patterns };
    const code = `const w = require('worker_threads'); (${sender})(w.parentPort, w.workerData.state, w.workerData, require)`;
    const own = { env: {}, execArgv: [], stdout: true, stderr: true, trackUnmanagedFds: false };
    worker = new Worker(code, { eval: true, name: 'katib-push', workerData: { ...setup, state }, ...own });
    worker.on('error', stopped).unref();
  }

  /** The thread ended, or was refused, by --permission for instance. */
  function stopped(error) {
    worker = worker || { postMessage() {} };
    Atomics.store(state, 1, 2);
    say('nothing is pushed from here on: ' + error.message);
  }

  function post(line) {
    if (!require) {
      if (early.length < LINES) early.push(line);
      return;
    }
    try {
      if (!worker) launch();
    } catch (e) {
      stopped(e);
    }
    if (posted - Atomics.load(state, 2) >= LINES) lost++;
    else worker.postMessage(line);
    posted++;
  }

  /** Waits until all is sent. Only what blocks can be done at exit, and the worker does the rest. */
  function flush(wait) {
    if (!worker) return;
    const id = Atomics.load(state, 0) + 1;
    const began = now();
    worker.postMessage({ id, wait, began, lost });
    lost = 0;
    while (Atomics.load(state, 0) !== id && Atomics.load(state, 1) < 2) {
      // a worker that doesn't start, and one that is stuck in a filter
      const left = began + (Atomics.load(state, 1) ? wait : Math.min(wait, 10000)) + 500 - now();
      if (left <= 0) {
        say('observations did not reach ' + address + ': no time left');
        return;
      }
      Atomics.wait(state, 0, id - 1, left);
    }
  }

  // ---- Reading ----

  const lines = []; // of each stream: the line under way

  function candidate(text) {
    if (!names.some((name) => text.includes(name))) return;
    post([clock(), text]);
    if (over) flush(Math.max(0, over - now())); // written by an 'exit' listener
  }

  function add(line, text, mark) {
    const first = text.indexOf('\n');
    if (first < 0) {
      line.text = line.text ? line.text + text : text;
      if (line.text.length > 2 * LINE && line.text !== text) line.text = line.text.slice(-LINE);
      line.marked = line.marked || (mark && text !== '');
      return;
    }
    const end = text.lastIndexOf('\n');
    const [whole, marked] = [line.text + text.slice(0, first), line.marked || mark];
    line.text = text.slice(end + 1);
    line.marked = every || (mark && line.text !== '');
    if (marked) candidate(whole);
    if (mark && end > first) text.slice(first + 1, end).split('\n').forEach(candidate);
  }

  /** The text that a chunk adds to the stream. */
  function textOf(line, chunk, encoding) {
    if (typeof chunk === 'string') {
      if (typeof encoding === 'string' && !/^utf-?8$/i.test(encoding)) chunk = Buffer.from(chunk, encoding);
      else return line.decoder ? line.decoder.decode() + chunk : chunk;
    }
    line.decoder = line.decoder || new TextDecoder('utf-8', { ignoreBOM: true });
    return line.decoder.decode(chunk, { stream: true });
  }

  function tap(stream) {
    const inner = stream.write;
    if (typeof inner !== 'function' || natives.has(inner)) return;
    const line = { text: '', marked: every, decoder: null };
    const write = function (chunk, encoding, callback) {
      const valid = typeof chunk === 'string' || ArrayBuffer.isView(chunk);
      const dropped = drop && valid && called();
      const result = dropped || apply(inner, this, arguments);
      try {
        if (dropped) {
          const then = typeof encoding === 'function' ? encoding : callback;
          if (typeof then === 'function') process.nextTick(then);
        }
        if (valid) {
          const text = textOf(line, chunk, encoding);
          // where no line is under way, and none that matters ends here, the mark does not either
          const whole = !line.text && text.endsWith('\n') && !names.some((name) => text.includes(name));
          add(line, text, every || (!whole && called()));
        }
      } catch (e) {}
      return result;
    };
    lines.push(line);
    natives.set(write, '');
    Object.defineProperty(stream, 'write', { value: write, configurable: true, writable: true });
  }

  /** Taps a stream when the program first uses it: to open it here could change the program. */
  function watch(name) {
    const own = Object.getOwnPropertyDescriptor(process, name);
    if (!own.get) {
      tap(own.value);
      return;
    }
    const get = () => {
      Object.defineProperty(process, name, own);
      const stream = process[name];
      tap(stream);
      return stream;
    };
    Object.defineProperty(process, name, { ...own, get });
  }

  // ---- Marking ----

  const natives = new Map(); // functions of Node's that never look at their stack -> the stream they write to
  const sites = new Map(); // positions of marked calls of other functions -> their files
  let marks = 0; // calls under way of the former
  let armed = false; // whether a call of the latter may be under way

  const said = { error: 'stderr', warn: 'stderr', assert: 'stderr' };
  for (const name of Object.keys(console)) {
    if (name !== 'trace') natives.set(console[name], said[name] || 'stdout');
  }

  /** The frames of the stack that called `below`. */
  function stack(size, below) {
    const { prepareStackTrace, stackTraceLimit } = Error;
    const holder = {};
    try {
      Error.stackTraceLimit = size;
      Error.prepareStackTrace = (_, frames) => frames;
      Error.captureStackTrace(holder, below);
      return holder.stack;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
      Error.prepareStackTrace = prepareStackTrace;
    }
  }

  function isSite(frame) {
    const files = sites.get(frame.getPosition());
    return files !== undefined && files.has(frame.getFileName()) && !(frame.isAsync && frame.isAsync());
  }

  /** Whether what is written now is written by a marked call. */
  function called() {
    if (marks || !armed) return marks > 0;
    try {
      armed = stack(64, called).some(isSite);
    } catch (e) {}
    return armed;
  }

  /**
   * Runs as a marked call begins, when the proxy's `apply` is looked up. There is none, so the callee runs as without us:
   * no frame of ours is on the stack that a logger searches for its caller. The call is over when its position in the
   * program is no longer on the stack.
   */
  function enter() {
    armed = true;
    try {
      const [frame] = stack(1, enter);
      const at = frame.getPosition();
      if (sites.has(at)) sites.get(at).add(frame.getFileName());
      else sites.set(at, new Set([frame.getFileName()]));
    } catch (e) {}
  }

  const guard = Object.defineProperty({}, 'apply', { get: enter });

  /** How a function of Node's is called: cheap. */
  function run(callee, self, args) {
    marks++;
    try {
      return apply(callee, self, args);
    } finally {
      marks--;
    }
  }

  function touch(callee) {
    const own = natives.get(callee);
    for (const name of own === undefined ? streams : [own]) name && process[name];
  }

  function method(callee, self) {
    touch(callee);
    if (natives.has(callee)) return (...args) => run(callee, self, args);
    return new Proxy(apply(bind, callee, [self]), guard);
  }

  /** What stands for a receiver or a callee during one call. */
  function face(of) {
    if (of !== console) touch(of); // first: its `write` may be one of those to tap
    const methods = new Map();
    const get = (_, name) => {
      const callee = of[name];
      if (typeof callee !== 'function') return callee;
      let known = methods.get(name);
      if (!known || known.callee !== callee) methods.set(name, (known = { callee, call: method(callee, of) }));
      return known.call;
    };
    if (typeof of !== 'function') return new Proxy({}, { get });
    if (natives.has(of)) return new Proxy(of, { get, apply: run });
    return new Proxy(apply(bind, of, [undefined]), Object.defineProperty({ get }, 'apply', { get: enter }));
  }

  /** What stands for a callee that is kept. */
  function stored(callee) {
    touch(callee);
    return new Proxy(callee, natives.has(callee) ? { apply: run } : guard);
  }

  const [faces, kept] = [new WeakMap(), new WeakMap()];
  let [latest, latestFace] = [null, null];

  function wrap(what, keep) {
    if (what === latest && !keep) return latestFace;
    try {
      if (what === null || (typeof what !== 'object' && typeof what !== 'function')) return what;
      if (keep && typeof what !== 'function') return what;
      const known = keep ? kept : faces;
      let made = known.get(what);
      if (!made) known.set(what, (made = keep ? stored(what) : face(what)));
      if (!keep) [latest, latestFace] = [what, made];
      return made;
    } catch (e) {
      return what;
    }
  }

  function finish() {
    try {
      const open = lines.filter((line) => line.marked).map((line) => line.text);
      for (const line of lines) [line.text, line.marked] = ['', every];
      open.forEach(candidate);
      if (early.length) say(early.length + ' lines were not read: the program exits too early');
      over = now() + limit;
      flush(limit);
    } catch (e) {}
  }

  for (const name of streams) {
    watch(name);
    if (every) process[name];
  }
  const most = process.getMaxListeners();
  if (most > 0) process.setMaxListeners(most + 1); // ours is not to cause a warning
  process.on('exit', finish);
  return wrap;
}

function say(text) {
  process._rawDebug('katib-push: ' + text); // past process.stderr
}

/** Gives `then` a `require` for Node's own modules: at once, or in an ES module before Node 20.16 a little later. */
function builtins(given, then) {
  const found =
    process.getBuiltinModule ||
    given ||
    (typeof require === 'function' && require) ||
    (process.mainModule && process.mainModule.require && process.mainModule.require.bind(process.mainModule));
  if (found) then(found);
  else import('module').then((module) => then((module.default || module).createRequire('/'))).catch(() => {});
}

/** Reads the environment; undefined where there is nothing to push. */
function begin(overrides, given) {
  const { env } = process;
  const debug = (text) => env.KATIB_PUSH_DEBUG && say(text);
  try {
    const trial = env.KATIB_TRIAL_NAME || env.KATIB_PUSH_TRIAL_NAME || overrides.trial;
    const config = overrides.config || JSON.parse(env.KATIB_PUSH_CONFIG || '{}');
    const [index, wanted] = [env.JOB_COMPLETION_INDEX, config.completionIndex];
    const other = wanted !== undefined && wanted !== null && index && index !== String(wanted);
    if (!trial || !config.metrics || !config.metrics.length || other) {
      debug('nothing is pushed: trial ' + trial + ', completion index ' + index + ', ' + JSON.stringify(config));
      return undefined;
    }
    const limit = /^(\d+\.?\d*|\.\d+)$/.test(env.KATIB_PUSH_FLUSH_TIMEOUT) ? env.KATIB_PUSH_FLUSH_TIMEOUT * 1000 : 30000;
    const address = env.KATIB_DB_MANAGER_ADDRESS || overrides.address || 'katib-db-manager.kubeflow:6789';
    const streams = ['stdout', 'stderr'].filter((name) => !overrides.streams || overrides.streams.includes(name));
    return start(config, trial, address, limit, streams, (then) => builtins(given, then));
  } catch (e) {
    debug('not started: ' + e);
    return undefined;
  }
}

/**
 * Starts the client once per process; gives `into.bind` the function that `_katib_push` is to be, unless it can't.
 *
 * @param into.bind sets the name
 * @param into.require for Node's modules, where neither process.getBuiltinModule nor a main module is there
 * @param into.overrides {config, trial, address, streams}, where the environment does not say
 */
function bind(into) {
  if (!(KEY in globalThis)) {
    Object.defineProperty(globalThis, KEY, { value: { wrap: begin(into.overrides || {}, into.require) } });
  }
  const { wrap } = globalThis[KEY];
  if (wrap) into.bind(wrap);
}

if (typeof katib_push_into === 'object') bind(katib_push_into);
else module.exports = { bind };
