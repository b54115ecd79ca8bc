'use strict';

// The package: the parts that a trial is given, and its own.
const parts = {
  ...require('./parts/account.js'),
  ...require('./parts/channel.js'),
  ...require('./parts/clock.js'),
  ...require('./parts/custom-filters.js'),
  ...require('./parts/db-manager.js'),
  ...require('./parts/default-filter.js'),
  ...require('./parts/delivery.js'),
  ...require('./parts/marks.js'),
  ...require('./parts/message.js'),
  ...require('./parts/queue.js'),
  ...require('./parts/ranks.js'),
  ...require('./parts/sender.js'),
  ...require('./parts/settings.js'),
  ...require('./parts/spill.js'),
  ...require('./parts/start.js'),
  ...require('./parts/taps.js'),
  ...require('./parts/threads.js'),
  ...require('./parts/tls.js'),
  ...require('./parts/value-rule.js'),
  ...require('./parts/wait-for.js'),
  ...require('./parts/work.js'),
  ...require('./package/trainer.js'),
};

/** Starts the client once per process, and binds `_katib_push`; the prelude of a rewritten script calls it. */
function bind(into) {
  parts.bindClient(parts, into);
}

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
    const isReal = typeof text === 'string' && text.trim() !== '' && !Number.isNaN(Number(text));
    if (!name || !(isReal || /^[+-]?(nan|inf|infinity)$/i.test(text))) {
      throw new TypeError(`metric ${JSON.stringify(name)}: give a name and a number, not ${String(value)}`);
    }
    return [name, text];
  });
  const running = parts.bindClient(parts, { bind() {} });
  // started where no metric is looked for
  if (!running.report) Object.assign(running, parts.startClient(parts, {}, undefined, true));
  if (!running.report) return false;
  if (pairs.length) running.report(pairs);
  return true;
}

module.exports = { bind, reportMetrics };
