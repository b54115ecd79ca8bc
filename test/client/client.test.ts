import { describe, expect, it } from 'vitest';
import { readOutput } from '../../packages/oracle/src/collect/read-output.ts';
import { prepareReading } from '../../packages/oracle/src/collect/reading.ts';
import { manager, push, pushLikePlain, pythons } from './push.ts';
import { createProxy } from './reliability/proxy.ts';

const EVERYTHING = `
import sys, logging, io, contextlib
_katib_push(print)("accuracy=0.5 loss = 1e-3, x=3")
print("accuracy=99")
_katib_push(print)("a\\naccuracy=1.5\\nloss=", end="")
print(".25|x")
logging.basicConfig(format='%(filename)s %(lineno)d %(funcName)s %(message)s')
def train():
    _katib_push(logging.warning)("loss=%.3f", 0.125)
    log = _katib_push(logging.warning,1)
    log("loss=%.3f", 0.126)
train()
list(map(_katib_push(print,1), ["accuracy=1", "accuracy=2"]))
with contextlib.redirect_stdout(io.StringIO()):
    _katib_push(print)("accuracy=3")
_katib_push(sys.stdout.write)("loss=7")
`;
const EVERY_ROW = [
  'accuracy=0.5',
  'loss=1e-3',
  'accuracy=1.5',
  'loss=.25',
  'loss=0.125',
  'loss=0.126',
  'accuracy=1',
  'accuracy=2',
  'loss=7',
];

describe.each([...pythons])('Python %s', (_version, path) => {
  it('reports everything, and changes nothing', async () => {
    const { rows, stderr } = await pushLikePlain({
      script: EVERYTHING,
      python: path,
      env: { PYTHONWARNINGS: 'error' },
    });
    expect(rows).toEqual(EVERY_ROW);
    expect(stderr).toBe('script.py 10 train loss=0.125\nscript.py 12 train loss=0.126\n');
  });

  it('survives fork and warns as before', async () => {
    const { rows } = await pushLikePlain({
      python: path,
      script: `
import os
_katib_push(print)("accuracy=1", flush=True)
pid = os.fork()
if pid:
    os.waitpid(pid, 0)
    _katib_push(print)("accuracy=3", flush=True)
else:
    _katib_push(print)("accuracy=2", flush=True)
`,
    });
    expect(rows).toEqual(['accuracy=1', 'accuracy=2', 'accuracy=3']);
  });

  it('forks without a warning where rows wait for a slow server', async () => {
    const slow = await createProxy(manager.address);
    try {
      await slow.up();
      slow.delay(10);
      const { rows } = await pushLikePlain({
        python: path,
        env: { KATIB_DB_MANAGER_ADDRESS: slow.address },
        script: `
import os
for i in range(3000):
    _katib_push(print)(f"accuracy={i}", flush=True)
if os.fork():
    os.wait()
`,
      });
      expect(rows).toEqual(Array.from({ length: 3000 }, (_, i) => `accuracy=${i}`));
    } finally {
      await slow.close();
    }
  });

  it.each(['fork', 'spawn', 'forkserver'])('reports from multiprocessing children (%s)', async (method) => {
    const { rows } = await pushLikePlain({
      python: path,
      script: `
import multiprocessing, sys
if __name__ == '__main__':
    _katib_push(print)("accuracy=0", flush=True)
log = _katib_push(print,1)
def work(n, say):
    _katib_push(print)("accuracy=%d" % n)
    say("not marked here: accuracy=9")
    _katib_push(sys.stdout.write)("loss=%d" % n)
if __name__ == '__main__':
    context = multiprocessing.get_context('${method}')
    for n in 1, 2:
        child = context.Process(target=work, args=(n, log))
        child.start()
        child.join()
`,
    });
    const passedOn = method === 'fork' ? ['accuracy=9'] : [];
    expect(rows).toEqual([
      'accuracy=0',
      'accuracy=1',
      ...passedOn,
      'loss=1',
      'accuracy=2',
      ...passedOn,
      'loss=2',
    ]);
  });
});

describe('lines', () => {
  it('reports 10 000 rows in order, with times that strictly increase', async () => {
    const { rows, trial } = await push(
      'for i in range(5000):\n    _katib_push(print)(f"accuracy={i} loss={-i}")\n',
    );
    expect(rows).toEqual(Array.from({ length: 5000 }, (_, i) => [`accuracy=${i}`, `loss=${-i}`]).flat());
    const times = manager.observations(trial).map(({ time }) => time);
    expect(new Set(times).size).toBe(10_000);
  });

  it('assembles them from pieces, per stream', async () => {
    const { rows } = await pushLikePlain(`
import sys
_katib_push(print)("accu", end="")
_katib_push(print)("loss=1", file=sys.stderr)
_katib_push(print)("racy", "0.5", sep="=")
sys.stdout.write("accuracy=")
_katib_push(print)(2)
print("accuracy=3 ", end="")
_katib_push(print)()
_katib_push(print)("accuracy=4\\n\\nno\\r\\nloss=5\\r\\n", end="")
_katib_push(sys.stdout.writelines)(["accuracy=6\\n", "loss=", "7\\n"])
print("accuracy=8")
_katib_push(print)("\\raccuracy=9\\rloss=10", end="")
`);
    expect(rows).toEqual(
      'loss=1 accuracy=0.5 accuracy=2 accuracy=3 accuracy=4 loss=5 accuracy=6 loss=7 accuracy=9 loss=10'.split(
        ' ',
      ),
    );
  });

  it.each([
    ['a buffer', []],
    ['none', ['-u']],
  ])(
    'assembles them as the collector does, whatever threads write them, with a stream that has %s',
    async (_, flags) => {
      const { rows, stdout } = await push({
        flags,
        script: `
import sys, threading
gate = threading.Barrier(4)
def work(n):
    gate.wait()
    for i in range(200):
        _katib_push(print)("accuracy=%d" % n, end=" ")
        _katib_push(print)("loss=%d" % i)
        _katib_push(sys.stdout.write)("accuracy=%d\\n" % i)
threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
[t.start() for t in threads]; [t.join() for t in threads]
`,
      });
      const read = readOutput(stdout, prepareReading(['accuracy', 'loss']));
      expect(read).toHaveLength(2400);
      expect(rows).toEqual(read.map(({ name, value }) => `${name}=${value}`));
    },
  );

  it('waits for a thread that is in the middle of a write when a second one comes', async () => {
    const { rows, stdout } = await push(`
import threading
def second():
    for i in range(300): _katib_push(print)("loss=%d" % (1000 + i), flush=True)
thread = threading.Thread(target=second)
for i in range(600):
    _katib_push(print)("loss=%d" % i, flush=True)
    if i == 100: thread.start()
thread.join()
_katib_push(print)("accuracy=1")
`);
    const read = readOutput(stdout, prepareReading(['accuracy', 'loss']));
    expect(read).toHaveLength(901);
    expect(rows).toEqual(read.map(({ name, value }) => `${name}=${value}`));
  });

  it('keeps what one thread begins and another ends in the order of the bytes', async () => {
    const { rows } = await push({
      script: `
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(1)
def show(text): _katib_push(print)(text, end="", flush=True)
for epoch in 1, 2:
    pool.submit(show, f"\\r1/2 loss: {2 / epoch}").result()
    show(f"\\r2/2 loss: {1 / epoch}\\n")
_katib_push(print)("loss: 7", end=" ")
pool.submit(print, "loss: 8").result()  # part of a line that a wrapped call began
pool.submit(print, "loss: 9").result()
pool.shutdown()
`,
      config: { filters: ['([a-z]+): ([0-9.]+)'] },
    });
    expect(rows).toEqual(['loss=2.0', 'loss=1.0', 'loss=1.0', 'loss=0.5', 'loss=7', 'loss=8']);
  });

  it('reads as the default filter does', async () => {
    const { rows } = await push(String.raw`
for text in ("accuracy =  .5", "accuracy=1.", "accuracy=1.e5", "accuracy=+1e-3x", "xaccuracy=1", "a|accuracy=1", "é" "accuracy=2",
             "loss=0.5accuracy=0.9", "loss==3", "loss=\u00a04", "loss=5e", "loss=-6E+7", "loss: 8", "loss=nan", "x=1loss=9",
             "loss\t\f=\r10", "loss=" + " " * 200 + "1" * 50, "loss=1e+", "accuracy=loss=2", "-accuracy=3", "loss=٣"):
    _katib_push(print)(text)
`);
    expect(rows).toEqual([
      ...'accuracy=.5 accuracy=1 accuracy=1 accuracy=+1e-3 accuracy=2 loss=0.5 accuracy=0.9 loss=5 loss=-6E+7'.split(
        ' ',
      ),
      'loss=9',
      'loss=10',
      `loss=${'1'.repeat(50)}`,
      'loss=1',
      'loss=2',
    ]);
  });

  it('is linear in the length of a line', async () => {
    const { rows, took } = await push(`
_katib_push(print)("accuracy" * 250000)
_katib_push(print)("accuracy = " + "=" * 1000000)
_katib_push(print)("accuracy" + " " * 1000000 + "=" + " " * 1000000 + "7" * 10)
for i in range(20000):
    _katib_push(print)("accuracy ", end="")
_katib_push(print)("loss=1")
`);
    expect(rows).toEqual(['accuracy=7777777777', 'loss=1']);
    expect(took).toBeLessThan(25_000); // the limit of an exit is 30 s
  });

  it("reads with the user's filters", async () => {
    const { rows } = await push({
      config: { filters: ['([A-Za-z]+): *([0-9.]+)', 'only one (group)', '(loss)=(\\S*)'] },
      script: `
_katib_push(print)("accuracy: 0.5, loss=0.1 accuracy=7")
_katib_push(print)("." * 5000 + "\\raccuracy: 3\\r" + "loss: 0." + "4" * 5000)
`,
    });
    // the last is cut: pieces of a long line are 4 096 characters long
    const cut = `loss=0.${'4'.repeat(4096 - 'loss: 0.'.length)}`;
    expect(rows).toEqual(['accuracy=0.5', 'loss=0.1', 'accuracy=3', cut]);
  });
});
