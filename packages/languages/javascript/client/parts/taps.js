'use strict';

/**
 * Reads what is written to the program's streams, line by line: `write` of each is an own property that calls the
 * original, then reads the chunk.
 *
 * @param options {names, streams, drops}: the wanted names; names of the streams; whether what marked calls write is read
 *   and not written
 * @param marks tells which calls are marked
 * @param onLine takes each line that is to be read and holds a wanted name
 */
function createTaps({ names, streams, drops }, marks, onLine) {
  // kept of a long unfinished line
  const LINE_CHARACTERS = 1 << 17;
  const { apply, defineProperty } = Reflect;
  // of each stream: the line under way
  const lines = [];
  // whether unmarked lines are read too: for good, or while a condition holds; never where `readsMarkedOnly`
  let readsEvery = false;
  let readsMarkedOnly = false;
  let condition = () => false;

  const readsAll = () => !readsMarkedOnly && (readsEvery || condition());
  const hasName = (text) => names.some((name) => text.includes(name));

  function offer(text) {
    if (hasName(text)) onLine(text);
  }

  function extend(line, text, isMarked) {
    const first = text.indexOf('\n');
    if (first < 0) {
      line.text = line.text ? line.text + text : text;
      if (line.text.length > 2 * LINE_CHARACTERS && line.text !== text) {
        line.text = line.text.slice(-LINE_CHARACTERS);
      }
      line.isMarked = line.isMarked || (isMarked && text !== '');
      return;
    }
    const last = text.lastIndexOf('\n');
    const whole = line.text + text.slice(0, first);
    const wasMarked = line.isMarked || isMarked;
    line.text = text.slice(last + 1);
    line.isMarked = isMarked && line.text !== '';
    if (wasMarked) offer(whole);
    if (isMarked && last > first)
      text
        .slice(first + 1, last)
        .split('\n')
        .forEach(offer);
  }

  /** The text that a chunk adds to the stream. */
  function textOf(line, chunk, encoding) {
    let bytes = chunk;
    if (typeof chunk === 'string') {
      const isText = typeof encoding !== 'string' || /^utf-?8$/i.test(encoding);
      if (isText) return line.decoder ? line.decoder.decode() + chunk : chunk;
      bytes = Buffer.from(chunk, encoding);
    }
    line.decoder = line.decoder || new TextDecoder('utf-8', { ignoreBOM: true });
    return line.decoder.decode(bytes, { stream: true });
  }

  function read(line, chunk, encoding) {
    const text = textOf(line, chunk, encoding);
    // where no line is under way, and none that matters ends here, the mark does not matter either
    const matters = line.text || !text.endsWith('\n') || hasName(text);
    extend(line, text, readsAll() || (matters && marks.isCalled()));
  }

  function tap(stream) {
    const inner = stream.write;
    if (typeof inner !== 'function' || marks.isNative(inner)) return;
    const line = { text: '', isMarked: false, decoder: null };
    const write = function (chunk, encoding, callback) {
      const isValid = typeof chunk === 'string' || ArrayBuffer.isView(chunk);
      const isDropped = drops && isValid && marks.isCalled();
      // biome-ignore lint/complexity/noArguments: named parameters keep `write.length`, and none may be made up
      const result = isDropped || apply(inner, this, arguments);
      try {
        if (isDropped) {
          const then = typeof encoding === 'function' ? encoding : callback;
          if (typeof then === 'function') process.nextTick(then);
        }
        if (isValid) read(line, chunk, encoding);
      } catch {}
      return result;
    };
    lines.push(line);
    marks.addNative(write);
    defineProperty(stream, 'write', { value: write, configurable: true, writable: true });
  }

  /** Taps a stream when the program first uses it: to open it here could change the program. */
  function watch(name) {
    const own = Object.getOwnPropertyDescriptor(process, name);
    if (!own.get) {
      tap(own.value);
      return;
    }
    const get = () => {
      defineProperty(process, name, own);
      tap(process[name]);
      return process[name];
    };
    defineProperty(process, name, { ...own, get });
  }

  /** At the end: the lines that were begun. */
  function finish() {
    const open = lines.filter(({ isMarked }) => isMarked || readsAll()).map(({ text }) => text);
    for (const line of lines) {
      line.text = '';
      line.isMarked = false;
    }
    open.forEach(offer);
  }

  /** Reads every line from now on. */
  function readAll() {
    readsEvery = true;
    for (const name of streams) process[name];
  }

  /** Reads every line while the condition holds. */
  function readAllWhile(given) {
    condition = given;
  }

  /** Leaves unmarked lines to another thread. */
  function readMarkedOnly() {
    readsMarkedOnly = true;
  }

  streams.forEach(watch);
  return { finish, readAll, readAllWhile, readMarkedOnly };
}

module.exports = { createTaps };
