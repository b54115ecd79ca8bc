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
 * @returns {wrap, report, readAll}: what `_katib_push` is to be, what pushes pairs of name and value, and what a
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

    parts.withModules(given, (found) => {
      delivery.begin(found);
      if (setup.names.length) parts.shareThreads(found('worker_threads'), taps, setup.names, drops);
    });
    if (config.coverage === 'output') taps.readAll();
    const most = process.getMaxListeners();
    // ours is not to cause a warning
    if (most > 0) process.setMaxListeners(most + 1);
    process.on('exit', (code) => {
      try {
        taps.finish();
        delivery.end(code);
      } catch {}
    });
    return { wrap: marks.wrap, report: delivery.post, readAll: taps.readAll };
  } catch (e) {
    debug(`not started: ${e}`);
    return {};
  }
}

/**
 * Starts the client once per process; gives `into.bind` the function that `_katib_push` is to be, unless it can't.
 *
 * @param into {bind, require, overrides, everyLine}: `bind` sets the name; `require` gives Node's modules, where neither
 *   process.getBuiltinModule nor a main module is there; `overrides` see `readSettings`; `everyLine` asks to read all lines
 */
function bindClient(parts, into) {
  const KEY = Symbol.for('katib_push (client)');
  if (!(KEY in globalThis)) {
    const value = parts.startClient(parts, into.overrides || {}, into.require, false);
    Object.defineProperty(globalThis, KEY, { value });
  }
  const client = globalThis[KEY];
  if (client.wrap) into.bind(client.wrap);
  if (client.wrap && into.everyLine) client.readAll();
  return client;
}

module.exports = { withModules, startClient, bindClient };
