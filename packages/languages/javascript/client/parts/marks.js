'use strict';

/**
 * What `_katib_push` is: it hands out stand-ins for receivers and callees, and tells whether what is written now is
 * written by a call of one of them.
 *
 * @param streams names of the streams that are read
 */
function createMarks(streams) {
  const { apply } = Reflect;
  const { bind } = Function.prototype;
  const STACK_FRAMES = 64;
  // functions of Node's that never look at their stack -> the stream that they write to; empty for a stream's `write`
  const natives = new Map();
  // positions of marked calls of other functions -> their files
  const sites = new Map();
  const faces = new WeakMap();
  const kept = new WeakMap();
  // calls of natives that are under way
  let running = 0;
  // whether a call at one of the sites may be under way
  let isArmed = false;

  for (const name of Object.keys(console)) {
    if (name !== 'trace') natives.set(console[name], /error|warn|assert/.test(name) ? 'stderr' : 'stdout');
  }

  /** The frames of the stack that called `below`. */
  function listFrames(most, below) {
    const { prepareStackTrace, stackTraceLimit } = Error;
    const holder = {};
    try {
      Error.stackTraceLimit = most;
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
  function isCalled() {
    if (running || !isArmed) return running > 0;
    try {
      isArmed = listFrames(STACK_FRAMES, isCalled).some(isSite);
    } catch {}
    return isArmed;
  }

  /**
   * Runs as a marked call begins, when the proxy's `apply` is looked up. There is none, so the callee runs as without us:
   * no frame of ours is on the stack that a logger searches for its caller. The call is over when its position in the
   * program is no longer on the stack.
   */
  function enter() {
    isArmed = true;
    try {
      const [frame] = listFrames(1, enter);
      const position = frame.getPosition();
      const files = sites.get(position) || new Set();
      sites.set(position, files.add(frame.getFileName()));
    } catch {}
  }

  const guard = Object.create(null, { apply: { get: enter } });

  /** How a function of Node's is called: cheap. */
  function run(callee, self, args) {
    running++;
    try {
      return apply(callee, self, args);
    } finally {
      running--;
    }
  }

  /** Opens the streams that a callee may write to, so that they are tapped. */
  function openStreams(callee) {
    for (const name of natives.has(callee) ? [natives.get(callee)] : streams) {
      if (name) process[name];
    }
  }

  function bindMethod(callee, receiver) {
    openStreams(callee);
    if (natives.has(callee)) return (...args) => run(callee, receiver, args);
    return new Proxy(apply(bind, callee, [receiver]), guard);
  }

  /** What stands for a receiver or a callee during one call. */
  function makeFace(original) {
    // first: its `write` may be one of those to tap
    if (original !== console) openStreams(original);
    const methods = new Map();
    const get = (_, name) => {
      const callee = original[name];
      if (typeof callee !== 'function') return callee;
      let known = methods.get(name);
      if (!known || known.callee !== callee) {
        known = { callee, call: bindMethod(callee, original) };
        methods.set(name, known);
      }
      return known.call;
    };
    if (typeof original !== 'function') return new Proxy({}, { get });
    if (natives.has(original)) return new Proxy(original, { get, apply: run });
    return new Proxy(apply(bind, original, [undefined]), Object.create({ get }, { apply: { get: enter } }));
  }

  /** What stands for a callee that is kept. */
  function makeKept(callee) {
    openStreams(callee);
    return new Proxy(callee, natives.has(callee) ? { apply: run } : guard);
  }

  /** `_katib_push(receiver).method(…)`, `_katib_push(callee)(…)`; with `keeps` a callee that is stored or passed on. */
  function wrap(what, keeps) {
    try {
      const isObject = typeof what === 'object' && what !== null;
      if (typeof what !== 'function' && (keeps || !isObject)) return what;
      const known = keeps ? kept : faces;
      let made = known.get(what);
      if (!made) {
        made = keeps ? makeKept(what) : makeFace(what);
        known.set(what, made);
      }
      return made;
    } catch {
      return what;
    }
  }

  return {
    wrap,
    isCalled,
    isNative: (callee) => natives.has(callee),
    addNative: (callee) => natives.set(callee, ''),
  };
}

module.exports = { createMarks };
