import { describe, expect, it } from 'vitest';
import { type Program, push, pushLikePlain, UNTIL } from './javascript.ts';
import { nodes } from './nodes.ts';

const LAST = `_katib_push(console).log('accuracy=1');`;
const DOWN = { KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1', KATIB_PUSH_FLUSH_TIMEOUT: '0.5' };

describe.each([...nodes()])('several processes and threads on Node %s', (_, node) => {
  const like = (script: string, more: Partial<Program> = {}) => pushLikePlain({ node, script, ...more });

  it('child_process.fork: each has a client of its own, and times do not run backwards', async () => {
    const { rows, code } = await like(`
const { fork } = require('child_process');
if (process.argv[2]) { _katib_push(console).log('loss=' + process.argv[2]); process.exit(Number(process.argv[2])); }
else {
  ${LAST}
  const next = (n) => fork(__filename, [String(n)]).on('exit', (code) => { _katib_push(console).log('accuracy=' + code); if (n < 4) next(n + 1); });
  next(2);
}`);
    expect({ rows, code }).toEqual({
      rows: ['accuracy=1', ...[2, 3, 4].flatMap((n) => [`loss=${n}`, `accuracy=${n}`])],
      code: 0,
    });
  });

  it('cluster: workers that exit, are disconnected and killed', async () => {
    const { rows, code } = await push({
      node,
      script: `
${UNTIL}const cluster = require('cluster');
if (cluster.isMaster || cluster.isPrimary) {
  ${LAST}
  let left = 3;
  for (let i = 0; i < 3; i++) cluster.fork({ WHICH: i });
  cluster.on('exit', () => { if (!--left) { _katib_push(console).log('accuracy=9'); } });
} else {
  _katib_push(console).log('loss=' + process.env.WHICH);
  if (process.env.WHICH === '0') process.exit(0);
  if (process.env.WHICH === '1') cluster.worker.disconnect();
  if (process.env.WHICH === '2') until('loss=2', () => process.kill(process.pid, 'SIGKILL'));
}`,
    });
    expect(rows.toSorted()).toEqual(['accuracy=1', 'accuracy=9', 'loss=0', 'loss=1', 'loss=2']);
    expect([rows.at(-1), code]).toEqual(['accuracy=9', 0]);
  });

  it('worker threads that end by themselves and by process.exit', async () => {
    const { rows, code } = await push({
      node,
      script: `
const { Worker, isMainThread, workerData } = require('worker_threads');
if (isMainThread) {
  ${LAST}
  let left = 2;
  for (const n of [2, 3]) new Worker(__filename, { workerData: n }).on('exit', (code) => { if (!--left) _katib_push(console).log('accuracy=' + code * 0) });
} else { _katib_push(console).log('loss=' + workerData); if (workerData === 3) process.exit(5); }`,
    });
    expect(rows.toSorted()).toEqual(['accuracy=0', 'accuracy=1', 'loss=2', 'loss=3']);
    expect([rows.at(-1), code]).toEqual(['accuracy=0', 0]);
  });

  it('asynchronous work at the end: what prints before the exit counts, what would after it does not', async () => {
    const { rows } = await like(`
${LAST}
process.once('beforeExit', async () => { await null; _katib_push(console).log('loss=2'); });
process.on('exit', () => { _katib_push(console).log('loss=3'); setImmediate(() => _katib_push(console).log('loss=4')); });
`);
    expect(rows).toEqual(['accuracy=1', 'loss=2', 'loss=3']);
  });
});

/** The usual one and the oldest; those between have tests of how programs end in `exit.test.ts`. */
describe.each([...nodes()].slice(0, 2))('signals and failures on Node %s', (_, node) => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it as without the client', async (signal) => {
    const { code, rows, stderr } = await push({
      node,
      script: `${LAST} setInterval(() => {}, 1000)`,
      onArrival: (kill) => kill(signal),
    });
    expect({ code, rows, stderr }).toEqual({ code: signal, rows: ['accuracy=1'], stderr: '' });
  });

  it('SIGINT while it waits at its end, for a server that is not there', async () => {
    const { code, took } = await push({
      node,
      script: `${LAST} process.on('exit', () => {})`,
      env: { KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1' },
      onOutput: (_text, kill) => setTimeout(kill, 1500, 'SIGINT'),
    });
    expect(code).toBe('SIGINT');
    expect(took).toBeLessThan(9500);
  });

  it.each([
    ['the loop runs empty', '', 0, 75],
    ['process.exit()', 'process.exit()', 0, 75],
    ['process.exitCode = 0', 'process.exitCode = 0', 0, 75],
    ['process.exit(3)', 'process.exit(3)', 3, 3],
    ['process.exitCode = 4', 'process.exitCode = 4', 4, 4],
    ['an exception', 'throw new RangeError("no")', 1, 1],
    ['an exit listener that sets the code', 'process.on("exit", () => { process.exitCode = 8 })', 8, 8],
    ['an exit listener that exits', 'process.on("exit", () => process.exit(9))', 9, 9],
  ])('rows that are not delivered, %s: exit code', async (_name, end, plain, failed) => {
    const warned = await push({ node, script: LAST + end, env: { ...DOWN, KATIB_PUSH_SPILL: 'off' } });
    expect(warned.code).toBe(plain);
    expect(warned.stderr).toContain('1 are lost');
    const { code, spilled, stdout } = await push({
      node,
      script: LAST + end,
      env: { ...DOWN, KATIB_PUSH_ON_FAILURE: 'fail' },
    });
    expect({ code, spilled, stdout }).toEqual({
      code: failed,
      spilled: ['accuracy=1'],
      stdout: 'accuracy=1\n',
    });
  });

  it('lines of exit listeners while the server is down: within the time of one exit', async () => {
    const { spilled, took, stderr } = await push({
      node,
      script: `${LAST} process.on('exit', () => { for (let i = 0; i < 20; i++) _katib_push(console).log('loss=' + i) })`,
      env: { ...DOWN, KATIB_PUSH_FLUSH_TIMEOUT: '2' },
    });
    expect(spilled).toEqual(['accuracy=1', ...Array.from({ length: 20 }, (_, i) => `loss=${i}`)]);
    expect(took).toBeLessThan(9000);
    expect(stderr).toMatch(/^(katib-push: 1 observations did not reach .*\n)+$/);
  });
});
