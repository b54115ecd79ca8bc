'use strict';

/**
 * Lets one thread read what all threads of the program write: a worker thread's output is written again by the main
 * thread, where lines have their order. So a worker thread beside a main thread that reads doesn't read; the main thread
 * reads every line from then on, because marks stay in the worker thread.
 *
 * What a thread drops never gets there: it reads that itself.
 *
 * @param names the wanted names: emptied where this thread is not to read
 * @param drops whether what marked calls write is dropped
 */
function shareThreads({ isMainThread, getEnvironmentData, setEnvironmentData }, taps, names, drops) {
  const KEY = 'katib_push (client)';
  // before Node 15.12 and 14.18
  if (!setEnvironmentData) return;
  if (isMainThread) {
    const hasThreads = new Int32Array(new SharedArrayBuffer(4));
    setEnvironmentData(KEY, hasThreads);
    taps.readAllWhile(() => Atomics.load(hasThreads, 0) > 0);
  } else if (getEnvironmentData(KEY)) {
    Atomics.store(getEnvironmentData(KEY), 0, 1);
    if (drops) taps.readMarkedOnly();
    else names.length = 0;
  }
}

module.exports = { shareThreads };
