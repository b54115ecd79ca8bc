import { describe, expect, it } from 'vitest';
import { push, pushLikePlain, UNTIL } from './javascript.ts';
import { nodes } from './nodes.ts';

const LAST = `_katib_push(console).log('accuracy=1');`;

describe.concurrent.each([...nodes()])('how a program ends on Node %s', (_, node) => {
  it.each([
    ['the loop runs empty', '', 0],
    ['after some turns of the loop', `setTimeout(() => _katib_push(console).log('loss=2'), 30)`, 0],
    ['process.exit(3)', 'process.exit(3)', 3],
    ['process.exitCode', 'process.exitCode = 4', 4],
    ['process.exit() within a promise', 'Promise.resolve().then(() => process.exit(5))', 5],
    ['an exception', 'throw new RangeError("no")', 1],
    ['an exception that is no error', 'throw null', 1],
    ['an exception in a callback', 'setImmediate(() => { throw new RangeError("no") })', 1],
    ['an unhandled rejection', 'Promise.reject(new RangeError("no"))', undefined],
    [
      'an exception that is handled',
      'process.on("uncaughtException", (e) => console.log(e.message)); throw Error("no")',
      0,
    ],
    ['an exception in an exit listener', 'process.on("exit", () => { throw Error("no") })', undefined],
    ['process.exit in an exit listener', 'process.on("exit", () => process.exit(9))', 9],
    ['an exit code of an exit listener', 'process.on("exit", () => { process.exitCode = 8 })', 8],
    ['a line of an exit listener', `process.on("exit", () => _katib_push(console).log('loss=2'))`, 0],
    ['an unfinished line', `_katib_push(process.stdout).write('loss=2')`, 0],
    [
      'beforeExit, once',
      `process.once('beforeExit', () => setTimeout(() => _katib_push(console).log('loss=2'), 10))`,
      0,
    ],
    ['beforeExit, counted', `process.on('beforeExit', () => console.log('before exit'))`, 0],
    ['top-level await that never ends', '0', 0],
  ])('%s', async (_name, end, code) => {
    const pushed = await pushLikePlain({ script: LAST + end, node });
    if (code !== undefined) expect(pushed.code).toBe(code);
    expect(pushed.rows).toEqual(end.includes('loss') ? ['accuracy=1', 'loss=2'] : ['accuracy=1']);
    expect(pushed.took).toBeLessThan(20_000); // the limit of an exit is 30 s
  });
});

describe('how it ends besides', () => {
  it('a module that waits for ever: code 13', async () => {
    const { code, rows } = await pushLikePlain({
      name: 'script.mjs',
      script: `${LAST} await new Promise(() => {})`,
    });
    expect({ code, rows }).toEqual({ code: 13, rows: ['accuracy=1'] });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s', async (signal) => {
    const { code, rows, took } = await push({
      script: `${LAST} setInterval(() => {}, 1000)`,
      onArrival: (kill) => kill(signal),
    });
    expect({ code, rows }).toEqual({ code: signal, rows: ['accuracy=1'] });
    expect(took).toBeLessThan(25_000);
  });

  it('a signal that the program handles', async () => {
    const { code, rows } = await pushLikePlain({
      script: `${LAST} const t = setInterval(() => {}, 1000); process.on('SIGTERM', () => { _katib_push(console).log('loss=2'); clearInterval(t); }); setTimeout(() => process.kill(process.pid, 'SIGTERM'), 50)`,
    });
    expect({ code, rows }).toEqual({ code: 0, rows: ['accuracy=1', 'loss=2'] });
  });

  it('process.abort sends what is under way', async () => {
    const { code, rows } = await push({
      script: `${LAST}${UNTIL}until('accuracy=1', () => process.abort())`,
      shell: 'ulimit -c 0; exec "$@"',
    });
    expect({ code, rows }).toEqual({ code: 'SIGABRT', rows: ['accuracy=1'] });
  });

  it('nobody listens: 10 seconds at most, whatever the limit', async () => {
    const { code, rows, spilled, stderr, took, trial } = await push({
      script: `${LAST} process.exit(6)`,
      env: { KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1' },
    });
    expect({ code, rows, spilled }).toEqual({ code: 6, rows: [], spilled: ['accuracy=1'] });
    const file = `/folder/katib-push-${trial}.jsonl`;
    expect(stderr).toBe(
      `katib-push: 1 observations did not reach 127.0.0.1:1 (connect ECONNREFUSED 127.0.0.1:1): 1 are in ${file} (katib-push replay ${file})\n`,
    );
    expect(took).toBeGreaterThan(9000);
    expect(took).toBeLessThan(25_000);
  });

  it('starts no thread where there is nothing to send', async () => {
    const { stdout } = await pushLikePlain(
      `_katib_push(console).log('nothing'); const { Worker } = require('worker_threads'); new Worker('', { eval: true }).once('online', function () { console.log(this.threadId) })`,
    );
    expect(stdout).toBe('nothing\n1\n');
  });

  it('listeners of the program get no warning', async () => {
    const { stderr } = await pushLikePlain(
      `for (let i = 0; i < 10; i++) process.on('exit', () => {}); ${LAST}`,
    );
    expect(stderr).toBe('');
  });
});
