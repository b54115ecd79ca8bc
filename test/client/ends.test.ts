import { describe, expect, it } from 'vitest';
import { lines } from '../lines.ts';
import { type Case, push, pushLikePlain, pythons, UNTIL } from './push.ts';

/** How a program can end: what it writes and its exit code are those of the program without the client. */
interface End {
  readonly name: string;
  readonly script: string;
  readonly rows: readonly string[];
  readonly code?: number | string;
  /** A signal that comes once the program has written `ready`. */
  readonly signal?: NodeJS.Signals;
  /** Rows of several processes, whose order is free. */
  readonly anyOrder?: boolean;
}

const ONE = '_katib_push(print)("accuracy=1", flush=True)\n';
const WAIT = lines`
  import time
  print("ready", flush=True)
  while True: time.sleep(0.05)

`;
const ARRIVED = `${UNTIL}until("accuracy=1")\n`;

const ENDS: readonly End[] = [
  { name: 'it returns', script: ONE, rows: ['accuracy=1'] },
  { name: 'sys.exit(3)', script: `${ONE}import sys; sys.exit(3)`, rows: ['accuracy=1'], code: 3 },
  {
    name: 'raise SystemExit(main())',
    script: `${ONE}def main(): return 7\nraise SystemExit(main())`,
    rows: ['accuracy=1'],
    code: 7,
  },
  { name: 'sys.exit("text")', script: `${ONE}import sys; sys.exit("text")`, rows: ['accuracy=1'], code: 1 },
  { name: 'an exception', script: `${ONE}1 / 0`, rows: ['accuracy=1'], code: 1 },
  {
    name: 'an exception whose hook prints',
    script: `${ONE}import sys\nsys.excepthook = lambda *_: _katib_push(print)("loss=2")\n1 / 0`,
    rows: ['accuracy=1', 'loss=2'],
    code: 1,
  },
  {
    name: 'Ctrl-C',
    script: `${ONE}import sys; sys.excepthook = lambda *_: None\n${WAIT}`,
    rows: ['accuracy=1'],
    signal: 'SIGINT',
    code: 'SIGINT',
  },
  { name: 'SIGTERM', script: ONE + ARRIVED + WAIT, rows: ['accuracy=1'], signal: 'SIGTERM', code: 'SIGTERM' },
  {
    name: 'a SIGTERM that the program handles by printing and leaving',
    script: `${ONE}import signal, sys
def leave(*_): _katib_push(print)("loss=2"); sys.exit(5)
signal.signal(signal.SIGTERM, leave)
${WAIT}`,
    rows: ['accuracy=1', 'loss=2'],
    signal: 'SIGTERM',
    code: 5,
  },
  { name: 'os._exit', script: `${ONE}${ARRIVED}os._exit(4)`, rows: ['accuracy=1'], code: 4 },
  {
    name: 'user functions at exit that print',
    script: `import atexit\natexit.register(lambda: _katib_push(print)("loss=2"))\n${ONE}atexit.register(lambda: _katib_push(print)("loss=3"))`,
    rows: ['accuracy=1', 'loss=3', 'loss=2'],
  },
  {
    name: 'forked children, which leave in three ways, and a grandchild',
    script: `${ONE}${UNTIL}import os, sys
def child(work):
    pid = os.fork()
    if not pid:
        work()
    assert os.waitpid(pid, 0)[1] == 256 * 2
def first(): _katib_push(print)("loss=1", flush=True); sys.exit(2)
def second():
    child(first)
    _katib_push(print)("loss=2", flush=True); sys.exit(2)
def third(): _katib_push(print)("loss=3", flush=True); until("loss=3"); os._exit(2)
for work in first, second, third: child(work)
_katib_push(print)("accuracy=2")
`,
    rows: ['accuracy=1', 'loss=1', 'loss=1', 'loss=2', 'loss=3', 'accuracy=2'],
  },
  {
    name: 'threads, and one that outlives main',
    script: `${ONE}import threading
def work(n): _katib_push(print)("loss=%d" % n)
threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
for t in threads: t.start(); t.join()
def late(): threading.main_thread().join(); _katib_push(print)("loss=3")
threading.Thread(target=late).start()
`,
    rows: ['accuracy=1', 'loss=0', 'loss=1', 'loss=2', 'loss=3'],
  },
  ...['fork', 'spawn', 'forkserver'].map((method) => ({
    name: `multiprocessing (${method}): processes and a pool`,
    script: `import multiprocessing, sys
def work(n):
    _katib_push(print)("loss=%d" % n, flush=True)
    return n
def fails(n):
    work(n)
    sys.exit(n)
if __name__ == "__main__":
    ${ONE}    context = multiprocessing.get_context("${method}")
    child = context.Process(target=fails, args=(3,))
    child.start(); child.join(); assert child.exitcode == 3
    with context.Pool(1) as pool:
        assert pool.map(work, [4, 5]) == [4, 5]
        pool.close(); pool.join()
`,
    rows: ['accuracy=1', 'loss=3', 'loss=4', 'loss=5'],
  })),
  {
    name: 'workers as those of a data loader: daemons, which wait for a queue and for their parent',
    script: `${ONE}import multiprocessing
def worker(index, queue, done):
    _katib_push(print)("loss=%d" % index, flush=True)
    for item in iter(queue.get, None): _katib_push(print)("loss=%d" % item, flush=True)
    done.put(index)
context = multiprocessing.get_context("fork")
queues, done = [context.Queue() for _ in range(2)], context.Queue()
workers = [context.Process(target=worker, args=(n, queues[n], done), daemon=True) for n in range(2)]
for w in workers: w.start()
for n, q in enumerate(queues): q.put(10 + n); q.put(None)
assert sorted(done.get() for _ in workers) == [0, 1]
for w in workers: w.join()
_katib_push(print)("accuracy=2")
`,
    rows: ['accuracy=1', 'accuracy=2', 'loss=0', 'loss=1', 'loss=10', 'loss=11'],
    anyOrder: true,
  },
  {
    name: 'an executor of processes',
    script: `import concurrent.futures
def work(n): _katib_push(print)("loss=%d" % n, flush=True); return n
if __name__ == "__main__":
    ${ONE}    with concurrent.futures.ProcessPoolExecutor(1) as executor: assert list(executor.map(work, [1, 2])) == [1, 2]
`,
    rows: ['accuracy=1', 'loss=1', 'loss=2'],
  },
];

describe.each([...pythons])('Python %s', (version, path) => {
  it.each(ENDS.map((end) => [end.name, end] as const))('%s', async (_, end) => {
    const given: Case = {
      python: path,
      script: end.script,
      ...(end.signal && {
        onOutput: (text, kill) => void (text.includes('ready') && kill(end.signal ?? 'SIGTERM')),
      }),
    };
    const pushed = await (end.anyOrder ? push(given) : pushLikePlain(given));
    if (end.anyOrder) expect(pushed.stderr).toBe('');
    // 3.7 ends with 1 on Ctrl-C, with and without the client
    const code = version === '3.7' && end.signal === 'SIGINT' ? 1 : (end.code ?? 0);
    expect(pushed.code).toBe(code);
    expect(end.anyOrder ? pushed.rows.toSorted() : pushed.rows).toEqual(end.rows);
  });

  it('daemon threads that print until the end neither hold it up nor break it', async () => {
    const { code, stderr, rows, took } = await push({
      python: path,
      flags: ['-u'], // Python itself dies of such threads where the stream has a buffer
      script: `${ONE}import threading, itertools
ready = threading.Event()
def work():
    for n in itertools.count():
        _katib_push(print)("loss=%d" % n)
        if n > 50: ready.set()
for _ in range(3): threading.Thread(target=work, daemon=True).start()
ready.wait()
`,
    });
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(rows.length).toBeGreaterThan(50);
    expect(took).toBeLessThan(20_000);
  });

  it('exit code 75 where rows did not arrive and that is asked for, files and late output written', async () => {
    const { code, stdout } = await push({
      python: path,
      env: {
        KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1',
        KATIB_PUSH_FLUSH_TIMEOUT: '0.2',
        KATIB_PUSH_ON_FAILURE: 'fail',
      },
      script: `${ONE}import sys, subprocess
if sys.argv[1:] != ["child"]:
    child = subprocess.run([sys.executable, "script.py", "child"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open("kept.txt") as file: print(child.returncode, file.read(), child.stdout.decode().split())
else:
    class Last:
        def __del__(self): print("gone")
    last = Last()
    kept = open("kept.txt", "w"); kept.write("all")
`,
    });
    expect(stdout.split('\n')[1]).toBe("75 all ['accuracy=1', 'gone']");
    expect(code).toBe(75);
  });
});

describe('times', () => {
  it('of a forked child come after those of its parent, although the clock goes back', async () => {
    const { rows } = await push(`
import os
_katib_push(print)("accuracy=1", flush=True)
for n in range(200): _katib_push(print)("loss=%d" % n)
pid = os.fork()
if not pid:
    for n in range(200, 400): _katib_push(print)("loss=%d" % n)
    raise SystemExit
os.waitpid(pid, 0)
_katib_push(print)("accuracy=2")
`);
    expect(rows).toEqual(['accuracy=1', ...Array.from({ length: 400 }, (_, n) => `loss=${n}`), 'accuracy=2']);
  });

  it('do not follow a clock that is put back', async () => {
    const { rows, stderr } = await push({
      // the client takes its clock as it starts: this one goes back by an hour after ten looks at it
      files: {
        'sitecustomize.py': `import time, itertools
real, looks = time.time, itertools.count()
time.time = lambda: real() - (3600 if next(looks) > 10 else 0)
`,
      },
      env: { PYTHONPATH: '.' },
      script: 'for n in range(40): _katib_push(print)("loss=%d" % n)\n',
    });
    expect(stderr).toBe('');
    expect(rows).toEqual(Array.from({ length: 40 }, (_, n) => `loss=${n}`));
  });
});
