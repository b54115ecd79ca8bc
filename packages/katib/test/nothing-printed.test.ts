import { spawnSync } from 'node:child_process';
import { rewriteExperiment } from '@katib-push/katib';
import { expect, it } from 'vitest';
import { lines } from '../../../test/lines.ts';
import { containerPath, sampleExperiment } from './sample.ts';

const python = programsOf('python3', '-c');
const node = programsOf('node', '-e');

/** Commands that run texts of programs. */
function programsOf(...start: readonly string[]) {
  return (...texts: readonly string[]) => texts.map((text) => [...start, text]);
}

/** What is said of the metric loss of a program whose whole output is read. */
async function covered(...command: readonly string[]): Promise<string | undefined> {
  const experiment = sampleExperiment(
    [['spec', 'objective'], { type: 'minimize', objectiveMetricName: 'loss' }],
    [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'],
    [
      ['metadata', 'annotations'],
      { 'katib-push.io/rewrite': 'enabled', 'katib-push.io/capture': 'container' },
    ],
    [[...containerPath, 'command'], command],
    [[...containerPath, 'args'], []],
  );
  const { report } = await rewriteExperiment(experiment);
  return report.metrics[0]?.covered;
}

it.each([
  ...python(
    'import sys\nsys.stdout.writelines(["loss=0.5\\n"])',
    'import builtins\ngetattr(builtins, "pri" + "nt")("loss=0.5")',
    'import pprint\npprint.pprint("loss=0.5")',
    'import csv, sys\ncsv.writer(sys.stdout).writerow(["loss=0.5"])',
    'import json, sys\njson.dump("loss=0.5", sys.stdout)',
    'import sys\nsys.exit("loss=0.5")',
    'raise SystemExit("loss=0.5")',
    'raise ValueError("loss=0.5")',
    'assert False, "loss=0.5"',
    'import argparse\np = argparse.ArgumentParser()\np.error("loss=0.5")',
    'import argparse\np = argparse.ArgumentParser(description="loss=0.5")\np.print_help()',
    'input("loss=0.5")',
    'exec("print(\'loss=0.5\')")',
    'import sys\nsys.__stdout__.write("loss=0.5\\n")',
    'open("/dev/stdout", "w").write("loss=0.5\\n")',
    'from pathlib import Path\nPath("/dev/stdout").write_text("loss=0.5\\n")',
    'import os\nos.write(1, b"loss=0.5\\n")',
    'import sys\nsys.stdout.buffer.write(b"loss=0.5\\n")',
    'import sys\nprint("loss=0.5", file=sys.stderr)',
    'p = lambda *a: print(*a)\np("loss=0.5")',
    'list(map(print, ["loss=0.5"]))',
    'from functools import partial\npartial(print, "loss=0.5")()',
    'out = print\nout("loss=0.5")',
    'import sys\nsys.displayhook("loss=0.5")',
    'import timeit\ntimeit.timeit("print(\'loss=0.5\')", number=1)',
    'import threading\nt = threading.Thread(target=print, args=("loss=0.5",))\nt.start(); t.join()',
    'import atexit\natexit.register(print, "loss=0.5")',
    lines`
    import io, sys
    b = io.StringIO()
    print("loss=0.5", file=b)
    sys.stdout.write(b.getvalue())
  `,
    lines`
    import contextlib, io, sys
    b = io.StringIO()
    with contextlib.redirect_stdout(b):
        print("loss=0.5")
    print(b.getvalue())
  `,
    'import shutil, sys, io\nshutil.copyfileobj(io.StringIO("loss=0.5\\n"), sys.stdout)',
    lines`
    import traceback
    try:
        raise ValueError("loss=0.5")
    except ValueError:
        traceback.print_exc()
  `,
    'import warnings\nwarnings.warn("loss=0.5")',
    lines`
    import logging
    try:
        raise ValueError("loss=0.5")
    except ValueError:
        logging.exception("failed")
  `,
    'eval("print(\\"loss=0.5\\")")',
    'globals()["__builtins__"].print("loss=0.5")',
    'import os\nos.system("echo loss=0.5")',
    'import os\nos.fdopen(1, "w").write("loss=0.5\\n")',
    'def f(out=print):\n    out("loss=0.5")\nf()',
    'class P:\n    def __del__(self): print("loss=0.5")\nP()',
    'n = "lo" + "ss"\nprint(f"{n}=0.5")',
    'print("=".join(["loss", "0.5"]))',
    'print("%(k)s=%(v)s" % {"k": "loss", "v": 0.5})',
    'class R:\n    def __repr__(self): return "loss=0.5"\nprint(R())',
    'loss = 0.5\nprint(*[f"{k}={v}" for k, v in {"loss": loss}.items()])',
    lines`
    from dataclasses import dataclass
    @dataclass
    class M:
        loss: float
    print(M(0.5))
  `,
    'from collections import namedtuple\nprint(namedtuple("M", "loss")(0.5))',
    'from types import SimpleNamespace\nprint(SimpleNamespace(loss=0.5))',
    'import sys\nfor line in ["loss=0.5"]:\n    sys.stdout.write(line)',
    'import argparse\nprint(argparse.Namespace(loss=0.5))',
    'for c in "loss=0.5": print(c, end="")',
  ),
  ...node(
    'console.table([{a:"loss=0.5"}])',
    'process.stdout.write("loss=0.5\\n")',
    'process.emitWarning("loss=0.5")',
    'throw new Error("loss=0.5")',
    'console.assert(false, "loss=0.5")',
    'require("fs").appendFileSync("/dev/stdout", "loss=0.5\\n")',
    'require("fs").writeSync(1, "loss=0.5\\n")',
    'require("stream").Readable.from(["loss=0.5\\n"]).pipe(process.stdout)',
    'process._rawDebug("loss=0.5")',
    'eval("console.log(\'loss=0.5\')")',
    'const { log } = console; log("loss=0.5")',
    'const l = console.log.bind(console, "loss=0.5"); l()',
    'const w = new (require("fs").WriteStream)("/dev/stdout"); w.write("loss=0.5\\n")',
    'require("fs").createWriteStream(null, {fd: 1}).write("loss=0.5\\n")',
    'new console.Console(process.stdout).log("loss=0.5")',
    'new Function("console.log(\'loss=0.5\')")()',
    'require("vm").runInNewContext("c.log(\'loss=0.5\')", {c: console})',
    'require("child_process").spawnSync("echo", ["loss=0.5"], {stdio: "inherit"})',
    'Promise.reject(new Error("loss=0.5"))',
  ),
])('is not said to print nothing: %s %s %s', async (...command) => {
  // Node gives its children sockets, by whose paths nothing can be opened
  const { stdout } = spawnSync('sh', ['-c', '"$0" "$@" 2>&1 | cat', ...command], {
    encoding: 'utf8',
    input: '',
  });
  expect(stdout).toContain('loss=0.5');
  expect(await covered(...command)).not.toBe('no');
});

it.each([
  ...python(
    'loss = 0.5',
    'import json\nprint("done")\nwith open("/tmp/loss.json", "w") as f: json.dump({"loss": 0.5}, f)',
    lines`
    import numpy as np
    def train(x):
      if x is None: raise ValueError("no data")
      return np.mean(x)
    loss = train([1])
  `,
  ),
  ...node('require("fs").writeFileSync("/tmp/loss.json", JSON.stringify({ loss: 0.5 }))'),
  [
    'bash',
    '-c',
    lines`
    cat > t.py <<'PY'
    loss = 0.5
    PY
    python3 t.py
  `,
  ],
])('is said to print nothing: %s %s %s', async (...command) => {
  expect(await covered(...command)).toBe('no');
});
