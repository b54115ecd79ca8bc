import { describe, expect, it } from 'vitest';
import { lines } from '../lines.ts';
import { push, pushLikePlain, UNTIL } from './push.ts';
import { PRELUDE } from './python.ts';

const LAST = '_katib_push(print)("accuracy=1", flush=True)\n';

describe('how a program ends', () => {
  it.each([
    ['sys.exit(3)', 'import sys; sys.exit(3)', 3],
    ['sys.exit("text")', 'import sys; sys.exit("text")', 1],
    ['an exception', '1/0', 1],
    ['KeyboardInterrupt', 'raise KeyboardInterrupt', 'SIGINT'],
    ['an exception in a thread', 'import threading; threading.Thread(target=lambda: 1/0).start()', 0],
    ['an unfinished line', '_katib_push(print)("loss=2", end="")', 0],
    ['a line at exit', 'import atexit; atexit.register(lambda: _katib_push(print)("loss=2"))', 0],
    [
      'a thread that outlives main',
      `
import threading, time
def work():
    threading.main_thread().join()
    _katib_push(print)("loss=2")
threading.Thread(target=work).start()`,
      0,
    ],
  ])('%s', async (_, end, code) => {
    const pushed = await pushLikePlain(LAST + end);
    expect(pushed.code).toBe(code);
    expect(pushed.rows).toEqual(end.includes('loss') ? ['accuracy=1', 'loss=2'] : ['accuracy=1']);
    expect(pushed.took).toBeLessThan(25_000); // the limit of an exit is 30 s
  });

  it('the only line is an unfinished one', async () => {
    expect((await pushLikePlain('_katib_push(print)("loss=2", end="")')).rows).toEqual(['loss=2']);
  });

  it('os._exit sends what is under way', async () => {
    const { code, rows } = await pushLikePlain(`${LAST}${UNTIL}until('accuracy=1'); os._exit(4)`);
    expect({ code, rows }).toEqual({ code: 4, rows: ['accuracy=1'] });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s', async (signal) => {
    const { code, rows } = await push({
      script: `${LAST}import time\nwhile True: time.sleep(10)`,
      onArrival: (kill) => kill(signal),
    });
    expect({ code, rows }).toEqual({ code: signal, rows: ['accuracy=1'] });
  });

  it('Ctrl-C inside a loop of prints ends it', async () => {
    const { code } = await push({
      script: 'print("go", flush=True)\nwhile True: _katib_push(print)("loss=", 1)',
      onOutput: (text, kill) => void (text.startsWith('go') && setTimeout(kill, 200, 'SIGINT')),
      config: { metrics: ['accuracy'] },
    });
    expect(code).toBe('SIGINT');
  });

  it('an exception of a signal handler reaches the program', async () => {
    const { stdout } = await push(`
import signal
class Alarm(Exception): pass
def ring(*_): raise Alarm
signal.signal(signal.SIGALRM, ring)
caught = 0
null = open("/dev/null", "w")
for _ in range(50):
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.002)
        while True: _katib_push(print)("accuracy=1", file=null); _katib_push(print)("", end="")
    except Alarm: caught += 1
print(caught)
`);
    expect(stdout).toBe('50\n');
  });
});

describe('what the interpreter does as it ends', () => {
  it('finalizes what the program holds: open files, __del__', async () => {
    const { stdout, rows } = await pushLikePlain(`
class Shows:
    def __init__(self): self.file = open("h.csv")
    def __del__(self): print("file:", self.file.read())
file = open("h.csv", "w")
file.write("kept")
_katib_push(print)("loss=1")
class Last:
    def __del__(self): print("gone")
last = Last()
file.shows = Shows()
`);
    expect(stdout).toContain('gone\n');
    expect(rows).toEqual(['loss=1']);
  });

  it('writes a file that was left open', async () => {
    const { stdout } = await pushLikePlain({
      files: {
        'child.py': `${PRELUDE}file = open("h.csv", "w")\nfile.write("kept")\n_katib_push(print)("loss=1")\n`,
      },
      script:
        'import subprocess, sys\nsubprocess.check_call([sys.executable, "child.py"])\nprint(open("h.csv").read())',
    });
    expect(stdout).toBe('loss=1\nkept\n');
  });

  it.each([
    ['None', 'None'],
    ['io.StringIO', 'io.StringIO()'],
    ['the null device', 'open(os.devnull, "w")'],
    ['a logger', 'Logger()'],
    ['a logger with a descriptor', 'Numbered()'],
  ])('writes what stdout holds when it was replaced by %s', async (_, other) => {
    const { stdout, code } = await pushLikePlain(`
import sys, io, os, atexit
class Logger:
    def __init__(self): self.terminal = sys.stdout
    def write(self, text): self.terminal.write(text)
    def flush(self): pass
class Numbered(Logger):
    def fileno(self): return self.terminal.fileno()
_katib_push(print)("loss=1")
sys.stdout = ${other}
_katib_push(print)("loss=2")
atexit.register(lambda: _katib_push(print)("late", file=sys.__stdout__))
`);
    expect(stdout).toContain('loss=1\n');
    expect(stdout).toContain('late\n');
    expect(code).toBe(0);
  });

  it('prints on after the client has finished', async () => {
    const { stdout, code } = await pushLikePlain(`
import sys, io
class Gone:
    def __del__(self): _katib_push(print)("loss=2"); print("loss=3")
gone = Gone()
import atexit
client = sys.modules.get("katib_push (client)")
def late():
    for stream in sys.stdout, io.StringIO(), sys.__stdout__:
        sys.stdout = stream
        _katib_push(print)("late"); _katib_push(print,1)("later", end=""); sys.stdout.write("\\n")
if client:  # calls run last first: this puts ours before it
    finish = [f for f in __import__("gc").get_objects() if getattr(f, "__qualname__", "") == "attend.<locals>.finish"][0]
    finish()
    del finish
del client
late()
`);
    expect(stdout).toBe(lines`
      late
      later
      late
      later
      loss=2
      loss=3

    `);
    expect(code).toBe(0);
  });
});

describe('signals', () => {
  it('leaves them to the threads of the program', async () => {
    const { stdout, code } = await pushLikePlain(`
import os, signal, time
_katib_push(print)("loss=1", flush=True)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGRTMIN])
for which in signal.SIGTERM, signal.SIGRTMIN:
    os.kill(os.getpid(), which)
time.sleep(0.1)
print(sorted(signal.sigpending()), sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())))
for which in signal.SIGTERM, signal.SIGRTMIN:
    print(signal.sigwait([which]))
`);
    expect(stdout).toContain('SIGTERM');
    expect(code).toBe(0);
  });
});

describe('without what it needs', () => {
  it.each<[string, Record<string, string>]>([
    ['no client', { KATIB_PUSH_PYTHON: '' }],
    ['a damaged client', { KATIB_PUSH_PYTHON: 'def broken(' }],
    ['a client that fails', { KATIB_PUSH_PYTHON: 'import nothing_of_this_name' }],
    ['no trial', { KATIB_TRIAL_NAME: '' }],
    ['no configuration', { KATIB_PUSH_CONFIG: '' }],
    ['a damaged configuration', { KATIB_PUSH_CONFIG: '{"metrics":["accuracy"' }],
    ['a filter that does not compile', { KATIB_PUSH_CONFIG: '{"metrics":["accuracy"],"filters":["(a"]}' }],
    [
      'a pod that is not the primary',
      {
        KATIB_PUSH_CONFIG: '{"metrics":["accuracy"],"completionIndex":0}',
        JOB_COMPLETION_INDEX: '1',
      },
    ],
  ])('%s: a pass-through', async (_, env) => {
    const { rows, code } = await pushLikePlain({
      env,
      script: `${LAST}list(map(_katib_push(print,1), "ab")); assert _katib_push(print) is print and _katib_push(None, 1) is None`,
    });
    expect({ rows, code }).toEqual({ rows: [], code: 0 });
  });

  it('takes the names of trial and address from the overrides', async () => {
    const { rows } = await push({
      env: { KATIB_PUSH_CONFIG: '' }, // the prelude's own start comes to nothing
      script: `
import os, sys
sys.modules.pop("katib_push (client)")
source = os.environ["KATIB_PUSH_PYTHON"]
client = {}
exec(source, client)
assert "bind" in client
more = {"config": {"metrics": ["loss"]}, "trial": "x", "address": "y"}
exec(source, {"katib_push_into": (globals(), "other", more)})
other(print)("loss=3")
`,
    });
    expect(rows).toEqual(['loss=3']);
  });

  it.each(['0', ''])('completion index %j pushes', async (index) => {
    const { rows } = await push({
      script: LAST,
      config: { completionIndex: 0 },
      env: { JOB_COMPLETION_INDEX: index },
    });
    expect(rows).toEqual(['accuracy=1']);
  });
});

describe('files beside the script', () => {
  const shadow = 'raise SystemExit("shadowed")';
  const names =
    're json socket queue functools enum struct select ssl threading collections operator types copyreg typing io contextlib logging heapq string weakref sre_compile warnings'.split(
      ' ',
    );

  it.each([
    ['the default filter', null],
    ['a filter of the user', ['(accuracy)=(\\d+)']],
  ])('with %s', async (_, filters) => {
    const files = Object.fromEntries(names.map((name) => [`${name}.py`, shadow]));
    const { rows, stdout } = await pushLikePlain({
      flags: ['-S'], // what site imports comes before the script's folder is on the path
      files: { ...files, 're.py': 'MINE = 1' },
      config: { filters },
      script: `${LAST}import re, sys; print(re.MINE, sorted(n for n in sys.modules if n in ${JSON.stringify(names)}))`,
    });
    expect(rows).toEqual(['accuracy=1']);
    expect(stdout).toContain("1 ['io', 're'");
  });

  it("leaves the user's re whole", async () => {
    const { rows } = await pushLikePlain({
      config: { filters: ['(accuracy)=(\\d+)'] },
      script: `${LAST}
import re, copy, pickle, enum
assert re.match("(?i)A", "a") and re.I in list(re.RegexFlag) and isinstance(re.RegexFlag.I, enum.Enum)
p = re.compile("x+"); assert pickle.loads(pickle.dumps(p)) == p and isinstance(p, re.Pattern)
import json, logging, typing, dataclasses, collections, argparse
print(json.dumps(collections.OrderedDict(a=1)))`,
    });
    expect(rows).toEqual(['accuracy=1']);
  });
});

describe('callees', () => {
  it('passes exceptions, results and frames through', async () => {
    const { rows } = await pushLikePlain(`
import sys, inspect, traceback
def mine(*args, **named):
    print(*args, **named)
    return inspect.stack()[1].function, sys._getframe(1).f_lineno
def fails(): print("accuracy=2"); raise LookupError("mine")
def main():
    print(_katib_push(mine)("accuracy=1"))
    log = _katib_push(mine,1)
    print(log("accuracy=1.5"))
    for callee in fails, _katib_push(fails,1):
        try: _katib_push(callee)()
        except LookupError as e: print([f.name for f in traceback.extract_tb(e.__traceback__)])
    for bad in (None, 5):
        try: _katib_push(bad)("x")
        except TypeError as e: print(e)
    try: _katib_push(sys.stdout.write)(5)
    except TypeError as e: print(e)
main()
`);
    expect(rows).toEqual(['accuracy=1', 'accuracy=1.5', 'accuracy=2', 'accuracy=2']);
  });

  it('marks what is written during the call, not while its arguments are evaluated', async () => {
    const { rows } = await pushLikePlain(`
class Loud:
    def __str__(self): print("accuracy=2"); return "accuracy=3"
def argument(): print("accuracy=1"); return "loss=1"
_katib_push(print)(argument())
_katib_push(print)(Loud())
print("accuracy=4")
def nested():
    _katib_push(print)("loss=5")
    print("loss=6")
_katib_push(nested)()
print("loss=7")
`);
    expect(rows).toEqual(['loss=1', 'accuracy=2', 'accuracy=3', 'loss=5', 'loss=6']);
  });

  it('keeps context variables that a callee sets', async () => {
    const { stdout } = await pushLikePlain(`
import contextvars
v = contextvars.ContextVar("v", default=0)
_katib_push(v.set)(1)
print(v.get())
`);
    expect(stdout).toBe('1\n');
  });

  it('stored ones look, compare and pickle as the callee', async () => {
    const { rows, code, stderr } = await push(`
import pickle, copy, functools, sys
log = _katib_push(print,1)
assert log == print and print == log and hash(log) == hash(print) and log in {print: 1} and log.__name__ == "print"
assert log.__doc__ == print.__doc__ and repr(log) == repr(print) and callable(log) and log.__self__ is print.__self__
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    assert pickle.loads(pickle.dumps(log, protocol)) is print
    assert pickle.loads(pickle.dumps(_katib_push, protocol))(len, 1) is len
assert copy.copy(log) is print and copy.deepcopy([log])[0] is print
assert copy.deepcopy(_katib_push)(len) is len
assert _katib_push(log, 1) is log and _katib_push(7, 1) == 7
import inspect, logging, types, weakref, asyncio
logger = logging.getLogger()
async def later(x, y=1): pass
for callee in logger.info, print, sys.stdout.write, later, lambda x: x:
    stored = _katib_push(callee,1)
    def asked(of):
        try: signature = str(inspect.signature(of))
        except ValueError: signature = None
        return (signature, of.__class__, isinstance(of, (types.FunctionType, types.MethodType)),
                inspect.isroutine(of), asyncio.iscoroutinefunction(of))
    assert type(stored) is not type(callee) and asked(stored) == asked(callee), (asked(stored), asked(callee))
class Model:
    def show(self, x): print("accuracy=%s" % x)
    say = _katib_push(show,1)
    out = _katib_push(print,1)
Model().say(1); Model().out("accuracy=2"); Model.say(Model(), 3)
@functools.wraps(log)
def wrapped(*a): log(*a)
wrapped("accuracy=4"); functools.partial(log, "accuracy=5")()
def again(n):
    print("accuracy=%d" % n)
    if n < 8: kept(n + 1)
kept = _katib_push(again,1)
kept(6)
`);
    expect({ code, stderr, rows }).toEqual({
      code: 0,
      stderr: '',
      rows: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `accuracy=${n}`),
    });
  });
});

describe('streams', () => {
  it('follows what replaces them, and reports each line once', async () => {
    const { rows } = await pushLikePlain(`
import sys, io, os
class Tee:
    def __init__(self, stream): self.stream, self.kept = stream, []
    def write(self, text): self.kept.append(text); return self.stream.write(text)
    def flush(self): self.stream.flush()
class Delegating(Tee):
    def __getattr__(self, name): return getattr(self.stream, name)
class Late(Delegating):
    text = ""
    def write(self, text):
        self.text += text
        if text.endswith("\\n"): self.stream.write("> " + self.text); self.text = ""
old = sys.stdout
for n, kind in enumerate([Tee, Delegating, Late]):
    sys.stdout = kind(old)
    _katib_push(print)("accuracy=%d" % n)
    print("accuracy=9")
    sys.stdout = old
old.flush()
sys.stdout = io.TextIOWrapper(os.fdopen(os.dup(1), "wb"), write_through=True)
_katib_push(print)("dup: accuracy=7")
sys.stdout = open(1, "w", closefd=False)
_katib_push(print)("accuracy=3"); print("accuracy=9")
sys.stdout = io.StringIO()
_katib_push(print)("accuracy=9")
sys.stdout = open("/dev/null", "w")
_katib_push(print)("accuracy=9")
sys.stdout = None
_katib_push(print)("accuracy=9")
sys.stdout = old
_katib_push(print)("accuracy=4", file=sys.stderr)
_katib_push(print)("accuracy=9", file=open("/dev/null", "w"))
`);
    expect(rows).toEqual([0, 1, 2, 3, 4].map((n) => `accuracy=${n}`));
  });

  it('does not compare what replaces them', async () => {
    const { rows, stdout } = await pushLikePlain(`
import sys
class Odd:
    def __init__(self, stream): self.stream = stream
    def __eq__(self, other): self.stream.write("compared"); return True
    def __bool__(self): self.stream.write("asked"); return False
    def write(self, text): return self.stream.buffer.write(text.encode())
    def fileno(self): return 1
    def flush(self): self.stream.flush()
    closed = False
sys.stdout = Odd(sys.stdout)
_katib_push(print)("accuracy=1")
`);
    expect(rows).toEqual(['accuracy=1']);
    expect(stdout).toBe('accuracy=1\n');
  });

  it('trims what a custom filter finds as Go does', async () => {
    const { rows } = await push({
      config: { filters: ['([^;=]*)=([^;]*)'] },
      script: String.raw`
_katib_push(print)("\x1caccuracy\x1f=1;\x85\xa0\u1680\u2000\u200aaccuracy\u2028=\u2028\u2029\u202f\u205f\u3000\t\v\f\r 2 \u3000;\u200baccuracy=3")`,
      env: { PYTHONIOENCODING: 'utf-8' },
    });
    expect(rows).toEqual(['accuracy=2']);
  });

  it('survives closed and missing ones', async () => {
    const { code } = await pushLikePlain(`
import sys
sys.stderr = sys.__stderr__ = None
_katib_push(print)("accuracy=1")
sys.stdout.close()
try: _katib_push(print)("accuracy=2")
except ValueError: sys.exit(5)
`);
    expect(code).toBe(5);
  });

  it('coverage "output" reads every line', async () => {
    const { rows } = await pushLikePlain({
      config: { coverage: 'output' },
      script: lines`
          import sys
          print("accuracy=1")
          _katib_push(print)("loss=2")
          sys.stderr.write("a\nloss=3\nloss=4")
          print("loss=5", end="")
        `,
    });
    expect(rows.sort()).toEqual(['accuracy=1', 'loss=2', 'loss=3', 'loss=4', 'loss=5']);
  });

  it('output "drop" reads without printing', async () => {
    const { rows, stdout, stderr } = await push({
      config: { output: 'drop' },
      script: lines`
          import sys
          print("accuracy=1")
          _katib_push(print)("loss=2")
          print(_katib_push(sys.stdout.write)("loss=3\n"))
          _katib_push(print)("loss=4", file=sys.stderr)
          print("end")
        `,
    });
    expect({ rows, stdout, stderr }).toEqual({
      rows: ['loss=2', 'loss=3', 'loss=4'],
      stdout: lines`
        accuracy=1
        7
        end

      `,
      stderr: '',
    });
  });

  it('prints from finalizers, signal handlers and many threads do not lock up', async () => {
    const { rows, code } = await push(`
import signal, threading, gc
class Gone:
    def __init__(self): self.me = self
    def __del__(self): _katib_push(print)("loss=1")
def handler(*_): _katib_push(print)("accuracy=1")
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
def work():
    for _ in range(300): _katib_push(print)("loss=2"); Gone()
threads = [threading.Thread(target=work) for _ in range(4)]
[t.start() for t in threads]; [t.join() for t in threads]
signal.setitimer(signal.ITIMER_REAL, 0)
gc.collect()
`);
    expect(code).toBe(0);
    expect(rows.filter((row) => row === 'loss=2').length).toBeGreaterThan(1150);
  });
});
