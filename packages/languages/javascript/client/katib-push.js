'use strict';
/** katib-push client: pushes the metrics that a Katib trial prints to Katib's DB manager. */
// Side effects: `write` of process.stdout and stderr, one 'exit' listener, one worker thread from the first metric on.
// The text is a function body, given `katib_push_into`: {bind, require?, overrides?}; or a CommonJS module. Node 14+, no
// dependencies. What is injected has no comments but the first, and none of what is marked as the package's.
// on globalThis: once per process
const KEY = Symbol.for('katib_push (client)');
// characters kept of a long unfinished line
const LINE = 1 << 17;
// bytes of lines that may wait to be read
const RING = 1 << 22;

/**
 * The worker's part: turns lines into rows, and rows into calls, in order. It runs while the program computes, and
 * while it exits. Its text is all that the worker gets, so it uses nothing from outside.
 *
 * @param port wakes it, and at exit brings {id, wait, began}, times in milliseconds; null where no worker can be had: what
 *   is taken is spilled
 * @param state shared integers: 0 the last id that was answered; 1 one once it runs, two when it ended; 2 where in `ring` it
 *   reads; 3 rows that wait; 4 rows spilled, 5 rows lost, both until that is said; 6 one once it was; 7 where the program
 *   writes; 8 whether it was woken
 * @param ring shared bytes, lines in a row: size (negative: pairs as JSON), milliseconds, text
 */
function sender(port, state, ring, setup, require) {
  const { names, patterns, address, trial, path, finite } = setup;
  const { load, store, add, exchange, notify } = Atomics;
  const [http2, net, dns, fs] = require ? ['http2', 'net', 'dns', 'fs'].map(require) : [];
  const isWord = (char) => /[\w|-]/.test(char);
  // RE2's \s
  const isSpace = (char) => '\t\n\f\r '.includes(char);

  // ---- Reading ----

  /**
   * What is read where the collector would store nothing, or a sign: the one real number of `tensor(0.5, device='cuda:0')`,
   * `[[0.5]]` and the like; or nan and infinities.
   */
  function odd(text, at) {
    let [rest, shut, open] = [text.slice(at, at + 512), ''];
    const skip = (pattern) => {
      const [found] = pattern.exec(rest) || [''];
      rest = rest.slice(found.length);
      return found;
    };
    skip(/^[\t\n\f\r ]+/);
    while ((open = skip(/^(?:(?:[\w.]*\.)?[\d_]*(?:[Tt]ensor|(?:Device)?Array|array|b?float|u?int)[\d_]*(?=\())?[([]\s*/))) {
      shut = (open.includes('(') ? ')' : ']') + shut;
    }
    const value = skip(/^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan|inf(?:inity)?)(?!\w)/i);
    const closed = Array.from(shut).every((closer) => {
      skip(/^\s*(?:,\s*(?:\w+=(?:\([^()]*\)|[^()[\]])*)?)?/);
      return skip(/^./) === closer;
    });
    return closed && shut.length < 5 && (shut || /n/i.test(value)) ? value : '';
  }

  /** A name, its value, and whether the collector would have stored nothing. */
  function pair(name, value, text, at) {
    return /^[+-]?$/.test(value) ? [name, odd(text, at) || value, true] : [name, value];
  }

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
        if (end === start) continue;
        number.lastIndex = low;
        const value = number.exec(text)[1];
        for (const name of wanted) {
          const from = end - name.length;
          if (from >= start && text.startsWith(name, from) && (from === start || !isWord(text[from - 1]))) {
            found.push(pair(name, value, text, low));
          }
        }
        low = number.lastIndex;
      }
      return found;
    };
  }

  /** As Go's strings.TrimSpace. */
  const trim = (text) => (text || '').replace(/^(?:(?!\ufeff)[\s\x85])+|(?:(?!\ufeff)[\s\x85])+$/g, '');

  /**
   * Reads with the user's expressions. A line over 4096 characters is cut, at \r and at that size; pieces without a
   * wanted name are skipped.
   */
  function customFilters() {
    const flags = 'hasIndices' in RegExp.prototype ? 'dgu' : 'gu';
    const groups = (pattern) => RegExp(pattern + '|', 'u').exec('').length - 1;
    const used = patterns.filter((pattern) => groups(pattern) > 1).map((pattern) => RegExp(pattern, flags));
    return (text) => {
      let parts = [text];
      if (text.length > 4096) {
        parts = text.match(/[^\r]{1,4096}/gu).filter((part) => names.some((name) => part.includes(name)));
      }
      const found = [];
      for (const each of used) {
        for (const part of parts) {
          for (const match of part.matchAll(each)) {
            const [name, value] = [trim(match[1]), trim(match[2])];
            const end = match.index + match[0].length;
            const last = !match.indices || match.indices[2]?.[1] === end;
            const read = last ? pair(name, value, part, end - value.length) : [name, value];
            for (const one of names) if (one === name) found.push(read);
          }
        }
      }
      return found;
    };
  }

  const read = patterns ? customFilters() : defaultFilter();
  // that wait: lines of the spill file, which take the least memory
  const rows = [];
  let [last, held, skipped, second, first, date] = [0, 0, 0, 0];

  /** RFC 3339 with microseconds, later than all before. */
  function stamp(at) {
    last = Math.max(Math.floor(at * 1000), last + 1);
    const whole = Math.floor(last / 1000000);
    if (whole !== second) date = new Date(whole * 1000).toISOString().slice(0, 20);
    second = whole;
    return date + String(last % 1000000).padStart(6, '0') + 'Z';
  }

  function take(at, what) {
    for (const [name, value, empty] of typeof what === 'string' ? read(what) : what) {
      if (finite && empty && /n/i.test(value)) {
        if (!skipped++) first = name + '=' + value;
      } else if (value) {
        const row = JSON.stringify({ trial_name: trial, time_stamp: stamp(at), metric: { name, value } });
        held += row.length;
        rows.push(row);
      }
    }
    // so much may wait to be sent, rows and their characters
    while (rows.length > 200000 || held > 64000000) spill(leave(Math.ceil(rows.length / 10)));
  }

  /** Removes the oldest rows. */
  function leave(count) {
    const oldest = rows.splice(0, count);
    for (const row of oldest) held -= row.length;
    return oldest;
  }

  /** Takes what the program has written, up to `most` lines; `lose`: counts them only. */
  function fetch(most, lose) {
    for (let at; most-- > 0 && (at = load(state, 2)) < load(state, 7); ) {
      const [size, time] = [ring.readInt32LE(at), ring.readDoubleLE(at + 4)];
      const end = at + 12 + Math.abs(size);
      const text = ring.toString('utf8', at + 12, end);
      store(state, 2, end);
      add(state, lose ? 5 : 3, 1);
      try {
        lose || take(time, size < 0 ? JSON.parse(text) : text);
      } catch {}
    }
    notify(state, 2);
    count();
  }

  // ---- What can't be delivered ----

  let [error, torn] = ['not tried', false];

  // past process.stderr
  const say = (text) => process._rawDebug('katib-push: ' + text.replace(/\s+/g, ' '));

  function count() {
    store(state, 3, pieces.reduce((sum, piece) => sum + piece.rows.length, rows.length));
  }

  /** Writes rows to the spill file, 1000 at once; what can't be written is lost. */
  function spill(list) {
    let left = list.length;
    try {
      if (path && left && fs) {
        const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
        const file = fs.openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW | O_NONBLOCK, 0o600);
        try {
          for (let at = 0; at < list.length; at += 1000) {
            // a line that was cut short stays alone
            const data = Buffer.from((torn ? '\n' : '') + list.slice(at, at + 1000).join('\n') + '\n');
            const written = data.slice(0, fs.writeSync(file, data));
            const whole = written.toString('latin1').split('\n').length - 1 - torn;
            left -= whole;
            add(state, 4, whole);
            if (written.length) torn = written[written.length - 1] !== 10;
            if (written.length < data.length) throw Error('disk full');
          }
        } finally {
          fs.closeSync(file);
        }
      }
    } catch (e) {
      if (!error.includes(e.message)) error += '; ' + e.message;
    }
    add(state, 5, left);
  }

  /** At the end: says what was not pushed, if anything. */
  function report() {
    if (skipped) say(`${skipped} values are not pushed: not finite (first: ${first})`);
    const [spilled, lost] = [4, 5].map((at) => exchange(state, at, 0));
    const where = [spilled && `${spilled} are in ${path} (katib-push replay ${path})`, lost && lost + ' are lost'];
    if (spilled || lost) {
      store(state, 6, 1);
      say(`${spilled + lost} observations did not reach ${address} (${error}): ${where.filter(Boolean).join(', ')}`);
    }
    skipped = 0;
  }

  // ---- Sending ----

  // under way: {rows, message, tries}; what comes of the first is not known
  const pieces = [];
  // `ending` is the message of an exit until it is answered, `exit` for good
  // and `moved` is when rows last left the queue for good
  let [link, reached, running, wake, timer, gather, splits, ending, exit, moved] = [];

  const now = () => Number(process.hrtime.bigint() / 1000000n);
  const deadline = () => (exit ? exit.began + (reached ? exit.wait : Math.min(exit.wait, 10000)) : Infinity);

  /** A protobuf field that has a length, as a string of bytes. */
  function field(tag, data) {
    let size = data.length;
    for (; size > 127; size >>>= 7) tag += String.fromCharCode((size & 127) | 128);
    return tag + String.fromCharCode(size) + data;
  }

  const bytes = (text) => (/[^\0-\x7f]/.test(text) ? Buffer.from(text).toString('latin1') : text);
  const part = (tag, text) => field(tag, bytes(text));

  /** A row as a field of the message. */
  function encode(row) {
    const { time_stamp, metric } = JSON.parse(row);
    return field('\n', field('\n', time_stamp) + field('\x12', part('\n', metric.name) + part('\x12', metric.value)));
  }

  function queue(at, list, tries, fields = list.map(encode)) {
    const data = part('\n', trial) + field('\x12', fields.join(''));
    const message = Buffer.from('\0\0\0\0\0' + data, 'latin1');
    message.writeUInt32BE(data.length, 1);
    pieces.splice(at, 0, { rows: list, message, tries });
  }

  /** Takes the next call's rows: below 1000 and 1 MB. */
  function next() {
    const fields = [];
    for (let size = 0; fields.length < Math.min(rows.length, 999); ) {
      const field = encode(rows[fields.length]);
      size += field.length;
      if (fields.length && size > 1000000) break;
      fields.push(field);
    }
    splits = 40;
    queue(0, leave(fields.length), 20, fields);
  }

  // #region package
  let updated = -5000; // when Kubeflow Trainer was told last

  /** Tells Kubeflow Trainer (KEP-2779) the latest value of each metric: at most once in 5 s, and at the end. */
  async function update(piece) {
    const pause = updated + 5000 - now();
    if (pause > 0 && !exit) await sleep(pause);
    const latest = new Map(piece.rows.concat(leave(rows.length)).map((row) => [JSON.parse(row).metric.name, row]));
    piece.rows = Array.from(latest.values());
    const told = piece.rows.map((row) => JSON.parse(row));
    updated = now();
    const { ca, token } = setup.trainer;
    const body = JSON.stringify({
      trainerStatus: {
        lastUpdatedTime: told[told.length - 1].time_stamp,
        metrics: told.map(({ metric }) => metric),
      },
    });
    const request = require('https').request(address, {
      method: 'POST',
      agent: false,
      ca: ca ? fs.readFileSync(ca) : undefined,
      headers: {
        authorization: 'Bearer ' + (token ? fs.readFileSync(token, 'utf8').trim() : ''),
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    request.end(body);
    const answer = await once(request, 'response', Math.min(15000, deadline() - now()));
    answer.resume();
    error = 'HTTP status ' + answer.statusCode;
    if (answer.statusCode < 300) return 0;
    if (answer.statusCode === 429 || answer.statusCode > 499) return null;
    return answer.statusCode === 401 || answer.statusCode === 403 ? 2 : 9; // a token may come
  }
  // #endregion

  /** Resolves on `event`; rejects on an error, or after `ms` milliseconds. */
  function once(emitter, event, ms) {
    return new Promise((resolve, reject) => {
      setTimeout(reject, Math.max(10, ms), Error('timed out'));
      emitter.once(event, resolve).on('error', reject);
    });
  }

  async function connect(until) {
    const [, secure, name, port] = /^(https:\/\/)?(.*?)(?::(\d+))?$/.exec(address);
    const host = name.replace(/^\[|\]$/g, '');
    const ca = secure && setup.ca ? fs.readFileSync(setup.ca) : undefined;
    const to = { port: port || (secure ? 443 : 6789), servername: net.isIP(host) ? '' : host, ca };
    let failure;
    for (const { address } of await dns.promises.lookup(host, { all: true })) {
      const options = { ...to, host: address, ALPNProtocols: ['h2'] };
      const socket = secure ? require('tls').connect(options) : net.connect(options);
      try {
        await once(socket, secure ? 'secureConnect' : 'connect', Math.min(5000, until - now()));
        if (secure && socket.alpnProtocol !== 'h2') throw Error('no HTTP/2');
        socket.setNoDelay(true);
        const http = { createConnection: () => socket, settings: { enablePush: false } };
        link = http2.connect((secure || 'http://') + 'katib', http);
        link.on('error', () => {}).setTimeout(60000, () => link?.close());
        return;
      } catch (e) {
        failure = e;
        socket.destroy();
      }
    }
    throw failure;
  }

  function close() {
    link?.destroy();
    link = null;
  }

  /** Makes one call; returns its grpc-status, or null where no answer of the server's came. */
  async function call(message, until) {
    if (!link) await connect(until);
    const stream = link.request({
      ':method': 'POST',
      ':path': '/api.v1.beta1.DBManager/ReportObservationLog',
      ':authority': address.replace(/^https:../, ''),
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const found = {};
    const keep = (headers) => Object.assign(found, headers);
    stream.on('response', keep).on('trailers', keep).resume();
    stream.end(message);
    await once(stream, 'close', until - now());
    const { 'grpc-status': status, ':status': http } = found;
    if (status === '0') return 0;
    error = status ? `grpc-status ${status} ${found['grpc-message'] || ''}`.slice(0, 300).trim() : 'HTTP status ' + http;
    return status > 0 ? Number(status) : null;
  }

  /** Waits; not beyond the beginning of an exit. */
  function sleep(ms) {
    return new Promise((resolve) => {
      wake = resolve;
      setTimeout(resolve, ms);
    });
  }

  let reach = (piece) => call(piece.message, Math.min(now() + 15000, deadline()));
  // #region package
  if (setup.trainer) reach = update;
  // #endregion

  /** Delivers the first piece, spills it, or halves it; false where an exit does not let it. */
  async function send() {
    const [piece] = pieces;
    for (let attempt = 1; ; attempt++) {
      if (link && (link.closed || link.destroyed)) close();
      const fresh = !link;
      let status = null;
      try {
        status = await reach(piece);
        reached = true;
      } catch (e) {
        error = e.message;
      }
      // spilled at an exit
      if (piece !== pieces[0]) return true;
      if (status !== 0) close();
      // what no retry changes, whatever the rows; what may, as long as the program runs; else 20 times
      const final = [5, 6, 7, 9, 12, 15, 16].includes(status);
      const again = [null, 4, 14].includes(status) || attempt < piece.tries;
      if (!again || final || [0, 3, 11].includes(status)) {
        pieces.shift();
        const half = piece.rows.length >> 1;
        // one bad row may be the reason
        if (status && half && !final && splits-- > 0) {
          queue(0, piece.rows.slice(0, half), 1);
          queue(1, piece.rows.slice(half), 1);
        } else if (status) spill(piece.rows);
        return true;
      }
      // an idle connection that was gone: again at once
      if (!fresh && attempt === 1) continue;
      const left = deadline() - now();
      if (left <= 0) return false;
      await sleep(Math.min(left, Math.random() * 100 * 2 ** Math.min(attempt - 1, 5)));
    }
  }

  async function drain() {
    if (running) return;
    running = true;
    try {
      while (rows.length || pieces.length) {
        if (!pieces.length) next();
        if (!(await send())) break;
        moved = now();
        count();
      }
    } catch (e) {
      error = String(e);
    }
    running = false;
    answer();
  }

  /** Tells the program that all is sent, or that the time for it is over. */
  function answer() {
    if (!ending) return;
    clearTimeout(timer);
    const left = deadline() - now();
    if (left > 0 && (running || rows.length || pieces.length)) {
      timer = setTimeout(answer, left);
      return;
    }
    for (const piece of pieces.splice(0)) spill(piece.rows);
    spill(leave(rows.length));
    report();
    close();
    store(state, 0, ending.id);
    ending = null;
    notify(state, 0);
  }

  function end(reason) {
    error = reason;
    spill(leave(rows.length));
    report();
  }

  if (!port) return { take, fetch, end };

  function turn() {
    store(state, 8, 0);
    // where many wait for a server that takes them, the ring fills, and the program waits
    const wait = rows.length > 40000 && now() - moved < 1000;
    wait || fetch(500);
    gather = load(state, 2) < load(state, 7) ? setTimeout(turn, wait) : 0;
    drain();
  }

  // some time lets a batch gather
  port.on('message', (message) => {
    if (message) {
      ending = exit = message;
      fetch(Infinity);
      wake?.();
      drain();
      answer();
    } else gather = gather || setTimeout(turn, 20);
  });
  process.on('uncaughtException', (e) => (error = String(e)));
  process.on('exit', () => {
    store(state, 1, 2);
    notify(state, 0);
  });
  store(state, 1, 1);
}

/**
 * Installs the taps.
 *
 * @param setup what the worker is given besides names and filters
 * @param limit milliseconds that an exit may wait
 * @param given what gives Node's modules, if anything
 * @returns what `_katib_push` is to be, and what pushes pairs of name and value
 */
function start(config, setup, limit, fail, streams, given) {
  const names = Array.from(config.metrics || [], String);
  const patterns = config.filters || null;
  Object.assign(setup, { names, patterns });
  // throws here, not in the worker
  if (patterns) patterns.forEach((each) => RegExp(each, 'gu'));
  const every = config.coverage === 'output';
  const drop = config.output === 'drop';
  const { apply, defineProperty: define } = Reflect;
  const { load, store, add, exchange } = Atomics;
  const { bind } = Function.prototype;
  const wall = Date.now;
  const { bigint } = process.hrtime;
  // the worker's clock too
  const now = () => Number(bigint() / 1000000n);

  // ---- Delivery ----

  const state = new Int32Array(new SharedArrayBuffer(36));
  const ring = Buffer.from(new SharedArrayBuffer(RING));
  // lines that wait for Node's built-in modules
  const early = [];
  // `over`: when the exit began; `ended`: its code; `stuck`: what was read when a wait was in vain
  let [shift, over, stuck, ended, require, worker, local, performance] = [0, 0, -1];

  /** Milliseconds since 1970 with a fraction; follows the system's clock. */
  function clock() {
    const time = wall();
    if (!performance) return time;
    const fine = performance.timeOrigin + performance.now() + shift;
    if (Math.abs(fine - time) < 5) return fine;
    shift += time - fine;
    return time;
  }

  builtins(given, (found) => {
    require = found;
    ({ performance } = require('perf_hooks'));
    // what a worker thread of the program writes, the main thread writes again
    if (every && !require('worker_threads').isMainThread) names.length = 0;
    early.splice(0).forEach((line) => post(...line));
  });

  function launch() {
    const { Worker } = require('worker_threads');
    const code = `const { parentPort, workerData: [state, ring, setup] } = require('worker_threads');
(${sender})(parentPort, state, Buffer.from(ring), setup, require)`;
    const options = { eval: true, name: 'katib-push', env: {}, execArgv: [], stdout: true, stderr: true };
    // it lives in little memory
    options.resourceLimits = { maxYoungGenerationSizeMb: 4 };
    worker = new Worker(code, { ...options, trackUnmanagedFds: false, workerData: [state, ring.buffer, setup] });
    worker.on('error', stopped).unref();
  }

  /**
   * The thread ended, was refused, by --permission for instance, or hangs: what is read goes to the spill file, but for
   * what a filter of the user's may hang in.
   */
  function stopped(error, hangs) {
    add(state, 5, exchange(state, 3, 0));
    local = { ...sender(null, state, ring, setup, require), reason: error.message };
    local.fetch(Infinity, hangs);
  }

  /** Whether `size` bytes can be written. Where too much waits it waits for the worker, but not for one that hangs. */
  function room(size) {
    for (const began = now(); ; ) {
      const read = load(state, 2);
      if (read === load(state, 7)) {
        // first: the worker reads below it
        store(state, 7, 0);
        store(state, 2, 0);
        stuck = -1;
      }
      if (load(state, 7) + size <= RING) return true;
      if (read === stuck) return false;
      Atomics.wait(state, 2, read, 100);
      if (now() > began + 9000 && read === load(state, 2)) stuck = read;
    }
  }

  /** Hands a line, or pairs, to the worker. */
  function post(what, at = clock()) {
    if (!require && !local) return early.push([what, at]);
    try {
      if (!worker && !local) launch();
    } catch (e) {
      stopped(e);
    }
    if (local) return local.take(at, what);
    const plain = typeof what === 'string';
    let text = plain ? what : JSON.stringify(what);
    let size = Buffer.byteLength(text);
    if (size > RING - 12) size = Buffer.byteLength((text = text.slice(-LINE)));
    if (!room(size + 12)) return add(state, 5, 1);
    const to = load(state, 7);
    ring.writeInt32LE(plain ? size : -size, to);
    ring.writeDoubleLE(at, to + 4);
    ring.write(text, to + 12);
    store(state, 7, to + 12 + size);
    if (!exchange(state, 8, 1)) worker.postMessage(0);
  }

  /** Waits until all is sent. Only what blocks can be done at exit, and the worker does the rest. */
  function flush() {
    if (!require && early.length) {
      stopped(Error('the program exits too early'));
      early.splice(0).forEach((line) => post(...line));
    }
    if (worker && !local) {
      const id = load(state, 0) + 1;
      worker.postMessage({ id, wait: limit, began: over });
      for (let last; !local && load(state, 0) !== id; ) {
        // a worker that doesn't start, and one that is stuck in a filter; not one that still reads or spills
        const rest = over + (load(state, 1) ? limit : Math.min(limit, 10000)) - now();
        const seen = rest > 0 ? NaN : load(state, 2) + load(state, 4);
        if (seen === last || load(state, 1) > 1) stopped(Error('its thread hangs'), load(state, 1) && patterns);
        else Atomics.wait(state, 0, id - 1, Math.max(rest, 3000));
        last = seen;
      }
    }
    if (local) local.end(local.reason);
    if (fail && !ended && !process.exitCode && load(state, 6)) process.exitCode = 75;
  }

  // ---- Reading ----

  // of each stream: the line under way
  const lines = [];

  const wanted = (text) => names.some((name) => text.includes(name));

  function candidate(text) {
    if (!wanted(text)) return;
    post(text);
    // written by an 'exit' listener
    if (over) flush();
  }

  function extend(line, text, mark) {
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
          const whole = !line.text && text.endsWith('\n') && !wanted(text);
          extend(line, text, every || (!whole && called()));
        }
      } catch {}
      return result;
    };
    lines.push(line);
    natives.set(write, '');
    define(stream, 'write', { value: write, configurable: true, writable: true });
  }

  /** Taps a stream when the program first uses it: to open it here could change the program. */
  function watch(name) {
    const own = Object.getOwnPropertyDescriptor(process, name);
    if (!own.get) return tap(own.value);
    const get = () => {
      define(process, name, own);
      tap(process[name]);
      return process[name];
    };
    define(process, name, { ...own, get });
  }

  // ---- Marking ----

  // functions of Node's that never look at their stack -> the stream they write to
  const natives = new Map();
  // positions of marked calls of other functions -> their files
  const sites = new Map();
  // calls under way of the former; whether one of the latter may be under way
  let [marks, armed] = [0, false];

  for (const name of Object.keys(console)) {
    if (name !== 'trace') natives.set(console[name], /error|warn|assert/.test(name) ? 'stderr' : 'stdout');
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
    return files?.has(frame.getFileName()) && !frame.isAsync();
  }

  /** Whether what is written now is written by a marked call. */
  function called() {
    if (marks || !armed) return marks > 0;
    try {
      armed = stack(64, called).some(isSite);
    } catch {}
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
      sites.set(at, (sites.get(at) || new Set()).add(frame.getFileName()));
    } catch {}
  }

  const guard = Object.create(null, { apply: { get: enter } });

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
    for (const name of natives.has(callee) ? [natives.get(callee)] : streams) name && process[name];
  }

  /** What stands for a receiver or a callee during one call. */
  function face(of) {
    // first: its `write` may be one of those to tap
    if (of !== console) touch(of);
    const methods = new Map();
    const get = (_, name) => {
      const callee = of[name];
      if (typeof callee !== 'function') return callee;
      let known = methods.get(name);
      if (known?.callee !== callee) {
        touch(callee);
        const call = natives.has(callee) ? (...args) => run(callee, of, args) : new Proxy(apply(bind, callee, [of]), guard);
        methods.set(name, (known = { callee, call }));
      }
      return known.call;
    };
    if (typeof of !== 'function') return new Proxy({}, { get });
    if (natives.has(of)) return new Proxy(of, { get, apply: run });
    return new Proxy(apply(bind, of, [undefined]), Object.create({ get }, { apply: { get: enter } }));
  }

  /** What stands for a callee that is kept. */
  function stored(callee) {
    touch(callee);
    return new Proxy(callee, natives.has(callee) ? { apply: run } : guard);
  }

  const [faces, kept] = [new WeakMap(), new WeakMap()];

  function wrap(what, keep) {
    try {
      if (typeof what !== 'function' && (keep || !what || typeof what !== 'object')) return what;
      const known = keep ? kept : faces;
      let made = known.get(what);
      if (!made) known.set(what, (made = keep ? stored(what) : face(what)));
      return made;
    } catch (e) {
      return what;
    }
  }

  function finish(code) {
    try {
      const open = lines.filter(({ marked }) => marked).map(({ text }) => text);
      for (const line of lines) [line.text, line.marked] = ['', every];
      open.forEach(candidate);
      [over, ended] = [now(), code];
      flush();
    } catch {}
  }

  for (const name of streams) {
    watch(name);
    if (every) process[name];
  }
  const most = process.getMaxListeners();
  // ours is not to cause a warning
  if (most > 0) process.setMaxListeners(most + 1);
  process.on('exit', finish);
  return { wrap, report: post };
}

function say(text) {
  process._rawDebug('katib-push: ' + text);
}

/** Gives `then` a `require` for Node's own modules: at once, or in an ES module before Node 20.16 a little later. */
function builtins(given, then) {
  const found =
    process.getBuiltinModule ||
    given ||
    (typeof require === 'function' && require) ||
    process.mainModule?.require?.bind(process.mainModule);
  if (found) then(found);
  else import('module').then(({ createRequire }) => then(createRequire('/'))).catch(() => {});
}

/** The rank of this process among those that train together, as text; undefined where nothing tells. */
function rankOf({ RANK, OMPI_COMM_WORLD_RANK: mpi, TF_CONFIG, LOCAL_RANK }) {
  try {
    if (RANK || mpi) return RANK || mpi;
    const { cluster, task } = JSON.parse(TF_CONFIG);
    if (task.type === 'chief' || task.type === 'master') return '0';
    return task.type !== 'worker' || cluster.chief || cluster.master ? '-' : task.index;
  } catch (e) {
    return LOCAL_RANK || null;
  }
}

/** Reads the environment; empty where there is nothing to push. `always`: also where no metric is looked for. */
function begin(overrides, given, always) {
  const { env } = process;
  const debug = (text) => env.KATIB_PUSH_DEBUG && say(text);
  try {
    const trial = env.KATIB_TRIAL_NAME || env.KATIB_PUSH_TRIAL_NAME || overrides.trial;
    const config = overrides.config || JSON.parse(env.KATIB_PUSH_CONFIG || '{}');
    const names = config.metrics || [];
    const differ = (one, two) => one && two != null && one != two;
    const other = differ(env.JOB_COMPLETION_INDEX, config.completionIndex) || differ(env.KATIB_PUSH_RANK, rankOf(env));
    const address = env.KATIB_DB_MANAGER_ADDRESS || overrides.address || 'katib-db-manager.kubeflow:6789';
    const finite = env.KATIB_PUSH_NON_FINITE !== 'push';
    const setup = { trial, address, finite, ca: env.KATIB_PUSH_CA_CERT };
    // #region package
    if (!trial && env.KUBEFLOW_TRAINER_SERVER_URL) {
      setup.trial = '';
      setup.address = env.KUBEFLOW_TRAINER_SERVER_URL;
      setup.trainer = { ca: env.KUBEFLOW_TRAINER_SERVER_CA_CERT, token: env.KUBEFLOW_TRAINER_SERVER_TOKEN };
    }
    // #endregion
    if (!(trial || setup.trainer) || !(names.length || always) || other) {
      debug('nothing is pushed: ' + JSON.stringify({ trial, other, config }));
      return {};
    }
    const own = `${env.TMPDIR || '/tmp'}/katib-push-${String(trial).replace(/[^\w.-]/g, '_')}.jsonl`;
    const path = env.KATIB_PUSH_SPILL || own;
    if (path !== 'off') setup.path = path[0] === '/' ? path : process.cwd() + '/' + path;
    // #region package
    if (setup.trainer) setup.path = '';
    // #endregion
    const time = env.KATIB_PUSH_FLUSH_TIMEOUT;
    const limit = time && time >= 0 ? Math.min(time * 1000, 2e9) : 30000;
    const streams = names.length ? overrides.streams || ['stdout', 'stderr'] : [];
    return start(config, setup, limit, env.KATIB_PUSH_ON_FAILURE === 'fail', streams, given);
  } catch (e) {
    debug('not started: ' + e);
    return {};
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
    Object.defineProperty(globalThis, KEY, { value: begin(into.overrides || {}, into.require) });
  }
  const { wrap } = globalThis[KEY];
  if (wrap) into.bind(wrap);
}

// #region package
/**
 * Pushes values by name: to the DB manager of the trial that this process is, else to Kubeflow Trainer's status endpoint
 * where its variables are set. It returns at once; what happens to the values is as for those that are printed.
 *
 * @param metrics name -> number, or its text
 * @returns whether there is anywhere to push them; false outside a trial
 * @throws TypeError where a value is no number, or a name is empty
 */
function reportMetrics(metrics) {
  const pairs = Object.entries(metrics).map(([name, value]) => {
    const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
    const real = typeof text === 'string' && text.trim() !== '' && !Number.isNaN(Number(text));
    if (!name || !(real || /^[+-]?(nan|inf|infinity)$/i.test(text))) {
      throw new TypeError(`metric ${JSON.stringify(name)}: give a name and a number, not ${String(value)}`);
    }
    return [name, text, true];
  });
  bind({ bind() {} });
  const running = globalThis[KEY];
  if (!running.report) Object.assign(running, begin({}, undefined, true));
  if (!running.report) return false;
  if (pairs.length) running.report(pairs);
  return true;
}
// #endregion

if (typeof katib_push_into === 'object') bind(katib_push_into);
// #region package
else module.exports = { bind, reportMetrics };
// #endregion
