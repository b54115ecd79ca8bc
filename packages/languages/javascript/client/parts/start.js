'use strict';

/** Gives `then` a `require` for Node's own modules: at once, or in an ES module before Node 20.16 a little later. */
function withModules(given, then) {
  const main = process.mainModule;
  const found =
    process.getBuiltinModule ||
    given ||
    (typeof require === 'function' && require) ||
    main?.require?.bind(main);
  if (found) then(found);
  else import('node:module').then(({ createRequire }) => then(createRequire('/'))).catch(() => {});
}

/**
 * Starts the client of this process.
 *
 * @param given what gives Node's modules, if anything
 * @param always see `readSettings`
 * @returns {wrap, report, readAll, shareThreads}: what `_katib_push` is to be, what pushes pairs of name and value, and what a
 *   script asks for whose streams get away; empty where nothing is to be pushed
 */
function startClient(parts, overrides, given, always) {
  const debug = (text) => process.env.KATIB_PUSH_DEBUG && process._rawDebug(`katib-push: ${text}`);
  try {
    const settings = parts.readSettings(parts, overrides, always, debug);
    if (!settings) return {};
    const { setup, config, streams } = settings;
    const drops = config.output === 'drop';
    const delivery = parts.createDelivery(parts, setup, settings);
    const marks = parts.createMarks(streams);
    const taps = parts.createTaps({ names: setup.names, streams, drops }, marks, (line) => {
      delivery.post(line);
      // written by an 'exit' listener
      if (delivery.isEnding()) delivery.flush();
    });

    let isShared = false;
    const shareThreads = () => {
      if (isShared || !setup.names.length) return;
      isShared = true;
      parts.withModules(given, (found) =>
        parts.shareThreads(found('worker_threads'), taps, setup.names, drops),
      );
    };
    const readAll = () => {
      taps.readAll();
      // what a thread reads by itself would be read twice
      shareThreads();
    };

    parts.withModules(given, delivery.begin);
    // a worker thread can't change the folder; to load Node's module takes 2 ms in the main thread
    if (process.chdir.disabled) shareThreads();
    if (config.coverage === 'output') readAll();
    const most = process.getMaxListeners();
    // ours is not to cause a warning
    if (most > 0) process.setMaxListeners(most + 1);
    process.on('exit', (code) => {
      try {
        taps.finish();
        delivery.end(code);
      } catch {}
    });
    return { wrap: marks.wrap, report: delivery.post, readAll, shareThreads };
  } catch (e) {
    debug(`not started: ${e}`);
    return {};
  }
}

/**
 * Starts the client once per process; gives `into.bind` the function that `_katib_push` is to be, unless it can't.
 *
 * @param into {bind, require, overrides, everyLine, threads}: `bind` sets the name; `require` gives Node's modules, where neither
 *   process.getBuiltinModule nor a main module is there; `overrides` see `readSettings`; `everyLine` asks to read all lines,
 *   `threads` to read what worker threads write
 */
function bindClient(parts, into) {
  const KEY = Symbol.for('katib_push (client)');
  if (!(KEY in globalThis)) {
    const value = parts.startClient(parts, into.overrides || {}, into.require, false);
    Object.defineProperty(globalThis, KEY, { value });
  }
  const client = globalThis[KEY];
  if (client.wrap) into.bind(client.wrap);
  if (client.wrap && into.threads) client.shareThreads();
  if (client.wrap && into.everyLine) client.readAll();
  return client;
}

module.exports = { withModules, startClient, bindClient };
