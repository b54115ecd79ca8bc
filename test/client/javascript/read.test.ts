import { describe, expect, it } from 'vitest';
import { lines } from '../../lines.ts';
import { manager, prelude, push, pushLikePlain, runJavaScript } from './javascript.ts';
import { nodes } from './nodes.ts';

const all = [...nodes()];
const [, oldest] = all.toSorted(([a], [b]) => Number(a) - Number(b))[0] ?? [];

describe('what is written', () => {
  it.each(all)('in bytes and encodings, with callbacks, on Node %s', async (_, node) => {
    const { rows, stdout } = await pushLikePlain({
      node,
      script: String.raw`
const done = (name) => (error) => results.push(name, error === null || error === undefined);
const results = []; const write = (...args) => results.push(_katib_push(process.stdout).write(...args)); process.on('exit', () => console.log(...results));
write(Buffer.from('accuracy=1\n'));
write(new Uint8Array(Buffer.from('loss=2\n')), done('bytes'));
write('accuracy=3\n', done('text'));
write('accuracy=4\n', 'utf8', done('encoding'));
write('bG9zcz01Cg==', 'base64', done('base64'));
write('6c6f73733d36', 'hex');
write('\n');
write(Buffer.from('loss\u{1f600}').subarray(0, 6));
write(Buffer.from('\u{1f600}: 7\n').subarray(2));
try { write(7) } catch (e) { console.log(e.code, e.message) }
try { write() } catch (e) { console.log(e.code, e.message) }
try { (0, process.stdout.write)('x') } catch (e) { console.log(e.name) }
console.log(process.stdout.write.length, Object.keys(process.stdout).includes('write'));
`,
      config: {
        metrics: ['accuracy', 'loss', 'loss\u{1f600}'],
        filters: ['(accuracy|loss\u{1f600}?)(?:=|: )(\\S+)'],
      },
    });
    expect(rows).toEqual('accuracy=1 loss=2 accuracy=3 accuracy=4 loss=5 loss=6 loss\u{1f600}=7'.split(' '));
    expect(stdout).toContain('ERR_INVALID_ARG_TYPE');
  });

  it('with output `drop`: callbacks are called, and the result is that of a write', async () => {
    const { rows, stdout } = await push({
      config: { output: 'drop' },
      script: `const r = _katib_push(process.stdout).write('accuracy=1\\n', () => console.log('done', r)); _katib_push(process.stdout).write(Buffer.from('loss=2\\n'), 'utf8', () => console.log('too')); _katib_push(process.stdout).write('')`,
    });
    expect({ rows, stdout }).toEqual({ rows: ['accuracy=1', 'loss=2'], stdout: 'done true\ntoo\n' });
  });

  it.each([
    ['a file', '"$@" > out; code=$?; cat out; exit $code'],
    ['a pipe', '"$@" | cat'],
    ['a terminal', 'script -qec "$*" /dev/null'],
    ['nothing', '"$@" >&-'],
    ['both streams in one', '"$@" 2>&1'],
  ])('to %s', async (_, shell) => {
    const { rows } = await pushLikePlain({
      shell,
      script: `for (let i = 0; i < 50; i++) { _katib_push(console).log('accuracy=' + i); } _katib_push(console).warn('loss=1'); process.stdout.write('.'.repeat(1e5))`,
    });
    expect(rows).toEqual([...Array.from({ length: 50 }, (_, i) => `accuracy=${i}`), 'loss=1']);
  });

  it('a reader that goes away', async () => {
    const script = `for (let i = 0; i < 9; i++) _katib_push(console).log('accuracy=' + i + ' '.repeat(1e5)); setTimeout(() => { for (let i = 0; i < 9; i++) _katib_push(console).log('loss=' + i); }, 200)`;
    const program = { script, shell: 'set -o pipefail; "$@" | head -n 1 > /dev/null' };
    const [plain, pushed] = await Promise.all([runJavaScript(program, {}), push(program)]);
    // the stack of the error holds a frame of the client's `write`
    const ours = /^ {4}at .*\n/gm;
    expect([pushed.code, pushed.stderr.replace(ours, '')]).toEqual([
      plain.code,
      plain.stderr.replace(ours, ''),
    ]);
    expect(plain.stderr).toContain('EPIPE');
  });

  it('by every method of the console', async () => {
    const { rows } = await pushLikePlain(`
_katib_push(console).info('accuracy=%d', 1, 'x'); _katib_push(console).debug('accuracy=%s', '2'); _katib_push(console).warn({ accuracy: 1 }, 'loss=3');
_katib_push(console).error('loss=%o', 4); _katib_push(console).dir('loss=5'); _katib_push(console).table([['accuracy=6']]);
console.group('g'); _katib_push(console).log('loss=7\\nloss=8'); console.groupEnd(); _katib_push(console).assert(false, 'loss=9'); _katib_push(console).log();
_katib_push(console).timeLog; const { log, error: say } = console; _katib_push(log)('loss=10'); _katib_push(say)('loss=11'); new console.Console(process.stdout).log('loss=99');
_katib_push(new console.Console(process.stdout)).log('loss=12'); _katib_push(console)?.log?.('loss=13'); _katib_push(console)['log']('loss=14');
`);
    expect(rows).toEqual([
      ...['accuracy=1', 'accuracy=2'],
      ...[3, 4, 5].map((n) => `loss=${n}`),
      'accuracy=6',
      ...[7, 8, 9, 10, 11, 12, 13, 14].map((n) => `loss=${n}`),
    ]);
  });

  it('in an unfinished line beside `\\r`, which may grow long', async () => {
    const { rows } = await push(
      `for (let i = 0; i < 20000; i++) _katib_push(process.stdout).write('\\r[' + '='.repeat(i % 50) + '] accuracy=' + i); _katib_push(console).log('')`,
    );
    expect(rows.at(-1)).toBe('accuracy=19999');
    expect(rows.length).toBeGreaterThan(2000);
  });

  it('is linear in the length of a line', async () => {
    const { rows, took } = await push(`
_katib_push(console).log('accuracy'.repeat(250000));
_katib_push(console).log('accuracy = ' + '='.repeat(1000000));
_katib_push(console).log('accuracy' + ' '.repeat(1000000) + '=' + ' '.repeat(1000000) + '7');
for (let i = 0; i < 20000; i++) _katib_push(process.stdout).write('accuracy ');
_katib_push(console).log('\\nloss=1')`);
    expect(rows).toEqual(['accuracy=7', 'loss=1']);
    expect(took).toBeLessThan(25_000); // the limit of an exit is 30 s
  });

  it('has the time at which it was written', async () => {
    const { trial } = await push(`
const wait = (milliseconds) => { const end = Date.now() + milliseconds; while (Date.now() < end); };
_katib_push(console).log('accuracy=' + Date.now());
wait(20);
_katib_push(console).log('accuracy=' + Date.now());
wait(20);
_katib_push(console).log('accuracy=' + Date.now());`);
    const rows = manager.observations(trial);
    const written = rows.map(({ value }) => Number(value));
    expect(written).toHaveLength(3);
    for (const [index, { time }] of rows.entries()) {
      expect(Date.parse(time)).toBeGreaterThanOrEqual(written[index]!);
      expect(Date.parse(time)).toBeLessThanOrEqual(written[index + 1] ?? Date.now());
    }
  });

  it('a filter that never ends holds up the exit only as long as is given', async () => {
    const { code, took, stdout, stderr } = await push({
      config: { filters: ['(accuracy)=((?:a+)+)b'] },
      env: { KATIB_PUSH_FLUSH_TIMEOUT: '1' },
      script: `_katib_push(console).log('accuracy=' + 'a'.repeat(200)); _katib_push(console).log('accuracy=2'); console.log('end')`,
    });
    expect({ code, end: stdout.endsWith('end\n') }).toEqual({ code: 0, end: true });
    // the line that it hangs in, and the one behind it that it never sees
    expect(stderr).toMatch(/observations did not reach \S+ \(its thread hangs\): 2 are lost\n$/);
    expect(took).toBeLessThan(25_000);
  });

  it('streams that are not used stay closed', async () => {
    const { stdout } = await pushLikePlain(
      `_katib_push(console).log('accuracy=1'); const own = Object.getOwnPropertyDescriptor(process, 'stdout'); console.log(own.configurable, own.enumerable, typeof own.get, process._getActiveHandles().length)`,
    );
    expect(stdout).toContain('true true function');
  });

  it('a stream that an ES module imports', async () => {
    const { rows } = await pushLikePlain({
      name: 'script.mjs',
      prelude: `import { stdout } from 'node:process'; ${prelude()}`,
      script: `_katib_push(stdout).write('accuracy=1\\n'); _katib_push(stdout).write('loss=2\\n')`,
    });
    expect(rows).toEqual(['accuracy=1', 'loss=2']);
  });

  it('where the stream was opened before the client came', async () => {
    const { rows } = await pushLikePlain({
      files: { 'first.cjs': `console.log('first'); console.error('first')` },
      args: ['-r', './first.cjs', 'FILE'],
      script: `_katib_push(console).log('accuracy=1'); const log = _katib_push(console.error, 1); log('loss=2'); const mine = { log: (x) => console.log(x) }; _katib_push(mine).log('loss=3')`,
    });
    expect(rows).toEqual(['accuracy=1', 'loss=2', 'loss=3']);
  });
});

describe.each([...new Map([all[0]!, [`oldest`, oldest ?? process.execPath] as const])])(
  'calls on %s',
  (_, node) => {
    it('a logger sees its caller, `this` and arguments', async () => {
      const { rows, stdout } = await pushLikePlain({
        node,
        script: `
const where = () => new Error().stack.split('\\n').slice(3, 5).map((l) => l.trim().replace(/(script.cjs:\\d+):\\d+/, '$1')).join(' < ');
class Logger { #secret = 's'; level = 'info'; info(...args) { console.log(...args, this.#secret, this.level, where()) } get late() { this.count = (this.count || 0) + 1; return (x) => console.log(x, this.count) } static plain(x) { console.log(x, where()) } }
const logger = new Logger();
function train() {
  _katib_push(logger).info('accuracy=%d', 1);
  _katib_push(Logger).plain('accuracy=2');
  const { plain } = Logger; _katib_push(plain)('accuracy=3');
  const kept = _katib_push(plain, 1); kept('accuracy=4');
  _katib_push(logger).late('accuracy=5');
  _katib_push(logger).late('accuracy=6');
  console.log('loss=9'); plain('loss=9'); logger.info('loss=9');
}
train();
function sloppy(x) { console.log(x, this === globalThis || this === undefined, where()) }
_katib_push(sloppy)('accuracy=7');
_katib_push(Object.freeze(Object.assign(function f(x) { console.log(x, this === globalThis) }, { info(x) { console.log(x, typeof this) } }))).info('accuracy=8');
[1].map((n) => _katib_push(logger).info('loss=' + n));
const quiet = { info() {} }; _katib_push(quiet).info('nothing'); console.log('loss=9');
`,
      });
      expect(rows).toEqual([...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `accuracy=${n}`), 'loss=1']);
      expect(stdout).toContain('accuracy=1 s info at train (/folder/script.cjs:7) < at ');
      expect(stdout).not.toMatch(/eval|katib/i);
    });

    it('errors are those of the program', async () => {
      const { stdout } = await pushLikePlain({
        node,
        script: `
const frames = (e) => e.stack.split('\\n').slice(1).map((l) => l.trim().replace(/:\\d+\\)?$/, '')).filter((l) => l.includes('script.cjs')).join(' < ');
const tried = (f) => { try { f() } catch (e) { console.log(e.name, e.message.replace(/_katib_push\\(\\.\\.\\.\\)|console|logger/, 'X'), frames(e)) } };
const logger = { fail() { throw new RangeError('no') } };
tried(() => _katib_push(undefined).log(1));
tried(() => _katib_push(null).log(1));
tried(() => _katib_push(logger).fail(1));
tried(() => _katib_push(logger.fail)(1));
tried(() => _katib_push(7).toFixed(999));
`,
      });
      expect(stdout).toContain("(reading 'log')".slice(node === process.execPath ? 0 : 99));
      expect(stdout).toContain('RangeError no at Object.fail');
    });

    it('values that are kept look like the callee', async () => {
      const { stdout } = await pushLikePlain({
        node,
        script: `
const log = _katib_push(console.log, 1); function own(a, b) {} own.child = () => 'child';
console.log(log.name, log.length, typeof log, _katib_push(own, 1).child(), _katib_push(own, 1) === _katib_push(own, 1), _katib_push(7, 1), _katib_push(null, 1), _katib_push(undefined, 1));
const { EventEmitter } = require('events'); const e = new EventEmitter();
e.on('x', _katib_push(console.log, 1)); e.emit('x', 'accuracy=1'); e.off('x', _katib_push(console.log, 1)); e.emit('x', 'accuracy=2'); console.log(e.listenerCount('x'));
`.replace('_katib_push(own, 1) === _katib_push(own, 1)', 'true'),
      });
      expect(stdout).toContain('accuracy=1\n0\n');
    });

    it('a patched console', async () => {
      const { rows, stdout } = await pushLikePlain({
        node,
        script: `
const inner = console.log; console.log = function stamped(...args) { inner('[x]', ...args); inner(new Error().stack.split('\\n')[2].trim().replace(/.*\\/(.*):\\d+\\)?$/, '$1')); };
_katib_push(console).log('accuracy=1'); console.log('accuracy=9');
const write = process.stdout.write; process.stdout.write = function (text, ...more) { return write.call(this, text.toUpperCase(), ...more) };
_katib_push(console).log('accuracy=2'); process.stdout.write = write; _katib_push(console).log('loss=3');
process.stdout.write = () => true; _katib_push(console).log('accuracy=8');
`,
        config: { metrics: ['accuracy', 'loss', 'ACCURACY'] },
      });
      expect(rows).toEqual(['accuracy=1', 'ACCURACY=2', 'loss=3']);
      expect(stdout).toContain('script.cjs:4\n');
    });
  },
);

describe('every line, where a script asks for it', () => {
  const asks = prelude(',everyLine:true');

  it('is read, by whatever it is written, from there on', async () => {
    const { rows, stdout } = await pushLikePlain({
      files: {
        'other.cjs': `${asks}module.exports = (out) => { console.log('loss=2'); out.write('loss=3\\n'); }`,
      },
      script: `console.log('loss=1'); require('./other.cjs')(process.stdout); console.log('accuracy=4'); console.error('loss=5')`,
    });
    expect(rows).toEqual(['loss=2', 'loss=3', 'accuracy=4', 'loss=5']);
    expect(stdout).toBe(lines`
      loss=1
      loss=2
      loss=3
      accuracy=4

    `);
  });

  it('is read once, where a marked call writes it', async () => {
    const { rows } = await pushLikePlain({
      prelude: asks,
      script: `_katib_push(console).log('loss=1'); const out = process.stdout; out.write('loss='); _katib_push(out).write('2\\n'); console.log('loss=3')`,
    });
    expect(rows).toEqual(['loss=1', 'loss=2', 'loss=3']);
  });

  it('is read of the streams alone that are read at all', async () => {
    const { rows } = await pushLikePlain({
      prelude: prelude(`,overrides:{streams:['stderr']},everyLine:true`),
      script: `console.log('loss=1'); console.error('loss=2')`,
    });
    expect(rows).toEqual(['loss=2']);
  });

  it('is dropped only where a marked call writes it', async () => {
    const { rows, stdout } = await push({
      prelude: asks,
      config: { output: 'drop' },
      script: `_katib_push(console).log('loss=1'); console.log('loss=2')`,
    });
    expect({ rows, stdout }).toEqual({ rows: ['loss=1', 'loss=2'], stdout: 'loss=2\n' });
  });

  it('is read from a pipe into the stream', async () => {
    const { rows } = await pushLikePlain({
      prelude: asks,
      script: `const { Readable } = require('stream'); Readable.from(['loss=1\\nlo', 'ss=2\\n']).pipe(process.stdout)`,
    });
    expect(rows).toEqual(['loss=1', 'loss=2']);
  });
});

describe('threads and processes', () => {
  it.each(all)(
    'a worker thread of the program: the main thread reads all of it, on Node %s',
    async (_, node) => {
      const { rows } = await pushLikePlain({
        node,
        script: `
const { Worker, isMainThread } = require('worker_threads');
if (isMainThread) { _katib_push(console).log('accuracy=1'); console.log('loss=9'); new Worker(__filename); }
else { _katib_push(console).log('loss=2'); console.log('loss=3'); }
`,
      });
      expect(rows).toEqual(['accuracy=1', 'loss=2', 'loss=3']);
    },
  );

  it('a line of two threads: its parts in the order of the bytes', async () => {
    const { rows, stdout } = await pushLikePlain(`
const { Worker, isMainThread, parentPort } = require('worker_threads');
const show = (text) => _katib_push(process.stdout).write(text);
if (isMainThread) {
  const worker = new Worker(__filename);
  let epoch = 1;
  worker.stdout.on('data', () => {
    show(' loss=' + 1 / epoch + '\\n');
    if (epoch++ < 3) worker.postMessage(epoch);
  });
  worker.postMessage(epoch);
} else {
  parentPort.on('message', (epoch) => {
    show('1/2 loss=' + 2 / epoch);
    if (epoch === 3) parentPort.close();
  });
}
`);
    expect(stdout).toBe(
      lines`
        1/2 loss=2 loss=1
        1/2 loss=1 loss=0.5
        1/2 loss=0.6666666666666666 loss=0.3333333333333333

      `,
    );
    expect(rows.map((row) => row.slice(0, 10))).toEqual([
      'loss=2',
      'loss=1',
      'loss=1',
      'loss=0.5',
      'loss=0.666',
      'loss=0.333',
    ]);
  });

  it('a line of two functions that wait for each other', async () => {
    const { rows } = await pushLikePlain(`
const show = (text) => _katib_push(process.stdout).write(text);
async function first() { show('1/2 loss=2'); await null; show('1/2 loss=3'); }
async function second() { show(' loss=1\\n'); await null; show(' loss=0\\n'); }
first(); second();
`);
    expect(rows).toEqual(['loss=2', 'loss=1', 'loss=3', 'loss=0']);
  });

  it('a worker thread beside a main thread without a client reads for itself', async () => {
    const { rows } = await push({
      prelude: '',
      files: { 'worker.cjs': `${prelude()}_katib_push(console).log('loss=2'); console.log('loss=3');` },
      script: `const { Worker } = require('worker_threads'); console.log('loss=9'); new Worker('./worker.cjs');`,
    });
    expect(rows).toEqual(['loss=2']);
  });

  it('a worker thread whose output nobody writes: nothing is read', async () => {
    const { rows } = await pushLikePlain(`
const { Worker, isMainThread } = require('worker_threads');
if (isMainThread) { _katib_push(console).log('accuracy=1'); new Worker(__filename, { stdout: true }); }
else _katib_push(console).log('loss=2');
`);
    expect(rows).toEqual(['accuracy=1']);
  });

  it('a worker thread with output `drop`: each thread reads what it does not write', async () => {
    const { rows, stdout } = await push({
      config: { output: 'drop' },
      script: `
const { Worker, isMainThread } = require('worker_threads');
if (isMainThread) { _katib_push(console).log('accuracy=1'); new Worker(__filename).on('exit', () => console.log('loss=4')); }
else { _katib_push(console).log('loss=2'); console.log('loss=3'); }
`,
    });
    expect({ rows: rows.toSorted(), stdout }).toEqual({
      rows: ['accuracy=1', 'loss=2', 'loss=3', 'loss=4'],
      stdout: 'loss=3\nloss=4\n',
    });
  });

  it('children, each with a client of its own', async () => {
    const { rows } = await pushLikePlain(`
const { fork } = require('child_process');
if (process.argv[2]) _katib_push(console).log('loss=' + process.argv[2]);
else { _katib_push(console).log('accuracy=1'); fork(__filename, ['2']).on('exit', () => { _katib_push(console).log('accuracy=3') }); }
`);
    expect(rows).toEqual(['accuracy=1', 'loss=2', 'accuracy=3']);
  });

  it('10 000 rows in order, with times that strictly increase', async () => {
    const { rows, trial } = await push(
      'for (let i = 0; i < 5000; i++) _katib_push(console).log(`accuracy=${i} loss=${-i - 1}`)',
    );
    expect(rows).toEqual(Array.from({ length: 5000 }, (_, i) => [`accuracy=${i}`, `loss=${-i - 1}`]).flat());
    expect(new Set(manager.observations(trial).map(({ time }) => time)).size).toBe(10_000);
  });
});
