import { spawnSync } from 'node:child_process';
import { rewriteExperiment } from '@katib-push/katib';
import { expect, it } from 'vitest';
import { type Override, sampleExperiment } from './sample.ts';

const at = ['spec', 'trialTemplate', 'trialSpec', 'spec', 'template', 'spec', 'containers', 0];
const overrides = (command: readonly string[]): readonly Override[] => [
  [['spec', 'objective'], { type: 'minimize', objectiveMetricName: 'loss' }],
  [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'],
  [['metadata', 'annotations'], { 'katib-push.io/rewrite': 'enabled', 'katib-push.io/capture': 'container' }],
  [[...at, 'command'], command],
  [[...at, 'args'], []],
];

/** What is said of the metric loss of a program whose whole output is read. */
async function covered(...command: readonly string[]): Promise<string | undefined> {
  const { report } = await rewriteExperiment(sampleExperiment(...overrides(command)));
  return report.metrics[0]?.covered;
}

it.each([
  ['python3', '-c', 'import sys\nsys.stdout.writelines(["loss=0.5\\n"])'],
  ['python3', '-c', 'import builtins\ngetattr(builtins, "pri" + "nt")("loss=0.5")'],
  ['python3', '-c', 'import pprint\npprint.pprint("loss=0.5")'],
  ['python3', '-c', 'import csv, sys\ncsv.writer(sys.stdout).writerow(["loss=0.5"])'],
  ['python3', '-c', 'import json, sys\njson.dump("loss=0.5", sys.stdout)'],
  ['python3', '-c', 'import sys\nsys.exit("loss=0.5")'],
  ['python3', '-c', 'raise SystemExit("loss=0.5")'],
  ['python3', '-c', 'raise ValueError("loss=0.5")'],
  ['python3', '-c', 'assert False, "loss=0.5"'],
  ['python3', '-c', 'import argparse\np = argparse.ArgumentParser()\np.error("loss=0.5")'],
  ['python3', '-c', 'import argparse\np = argparse.ArgumentParser(description="loss=0.5")\np.print_help()'],
  ['python3', '-c', 'input("loss=0.5")'],
  ['python3', '-c', 'exec("print(\'loss=0.5\')")'],
  ['python3', '-c', 'import sys\nsys.__stdout__.write("loss=0.5\\n")'],
  ['python3', '-c', 'open("/dev/stdout", "w").write("loss=0.5\\n")'],
  ['python3', '-c', 'from pathlib import Path\nPath("/dev/stdout").write_text("loss=0.5\\n")'],
  ['python3', '-c', 'import os\nos.write(1, b"loss=0.5\\n")'],
  ['python3', '-c', 'import sys\nsys.stdout.buffer.write(b"loss=0.5\\n")'],
  ['python3', '-c', 'import sys\nprint("loss=0.5", file=sys.stderr)'],
  ['python3', '-c', 'p = lambda *a: print(*a)\np("loss=0.5")'],
  ['python3', '-c', 'list(map(print, ["loss=0.5"]))'],
  ['python3', '-c', 'from functools import partial\npartial(print, "loss=0.5")()'],
  ['python3', '-c', 'out = print\nout("loss=0.5")'],
  ['python3', '-c', 'import sys\nsys.displayhook("loss=0.5")'],
  ['python3', '-c', 'import timeit\ntimeit.timeit("print(\'loss=0.5\')", number=1)'],
  [
    'python3',
    '-c',
    'import threading\nt = threading.Thread(target=print, args=("loss=0.5",))\nt.start(); t.join()',
  ],
  ['python3', '-c', 'import atexit\natexit.register(print, "loss=0.5")'],
  [
    'python3',
    '-c',
    'import io, sys\nb = io.StringIO()\nprint("loss=0.5", file=b)\nsys.stdout.write(b.getvalue())',
  ],
  [
    'python3',
    '-c',
    'import contextlib, io, sys\nb = io.StringIO()\nwith contextlib.redirect_stdout(b):\n    print("loss=0.5")\nprint(b.getvalue())',
  ],
  ['python3', '-c', 'import shutil, sys, io\nshutil.copyfileobj(io.StringIO("loss=0.5\\n"), sys.stdout)'],
  [
    'python3',
    '-c',
    'import traceback\ntry:\n    raise ValueError("loss=0.5")\nexcept ValueError:\n    traceback.print_exc()',
  ],
  ['python3', '-c', 'import warnings\nwarnings.warn("loss=0.5")'],
  [
    'python3',
    '-c',
    'import logging\ntry:\n    raise ValueError("loss=0.5")\nexcept ValueError:\n    logging.exception("failed")',
  ],
  ['python3', '-c', 'eval("print(\\"loss=0.5\\")")'],
  ['python3', '-c', 'globals()["__builtins__"].print("loss=0.5")'],
  ['python3', '-c', 'import os\nos.system("echo loss=0.5")'],
  ['python3', '-c', 'import os\nos.fdopen(1, "w").write("loss=0.5\\n")'],
  ['python3', '-c', 'def f(out=print):\n    out("loss=0.5")\nf()'],
  ['python3', '-c', 'class P:\n    def __del__(self): print("loss=0.5")\nP()'],
  ['python3', '-c', 'n = "lo" + "ss"\nprint(f"{n}=0.5")'],
  ['python3', '-c', 'print("=".join(["loss", "0.5"]))'],
  ['python3', '-c', 'print("%(k)s=%(v)s" % {"k": "loss", "v": 0.5})'],
  ['python3', '-c', 'class R:\n    def __repr__(self): return "loss=0.5"\nprint(R())'],
  ['python3', '-c', 'loss = 0.5\nprint(*[f"{k}={v}" for k, v in {"loss": loss}.items()])'],
  [
    'python3',
    '-c',
    'from dataclasses import dataclass\n@dataclass\nclass M:\n    loss: float\nprint(M(0.5))',
  ],
  ['python3', '-c', 'from collections import namedtuple\nprint(namedtuple("M", "loss")(0.5))'],
  ['python3', '-c', 'from types import SimpleNamespace\nprint(SimpleNamespace(loss=0.5))'],
  ['python3', '-c', 'import sys\nfor line in ["loss=0.5"]:\n    sys.stdout.write(line)'],
  ['python3', '-c', 'import argparse\nprint(argparse.Namespace(loss=0.5))'],
  ['python3', '-c', 'for c in "loss=0.5": print(c, end="")'],
  ['node', '-e', 'console.table([{a:"loss=0.5"}])'],
  ['node', '-e', 'process.stdout.write("loss=0.5\\n")'],
  ['node', '-e', 'process.emitWarning("loss=0.5")'],
  ['node', '-e', 'throw new Error("loss=0.5")'],
  ['node', '-e', 'console.assert(false, "loss=0.5")'],
  ['node', '-e', 'require("fs").appendFileSync("/dev/stdout", "loss=0.5\\n")'],
  ['node', '-e', 'require("fs").writeSync(1, "loss=0.5\\n")'],
  ['node', '-e', 'require("stream").Readable.from(["loss=0.5\\n"]).pipe(process.stdout)'],
  ['node', '-e', 'process._rawDebug("loss=0.5")'],
  ['node', '-e', 'eval("console.log(\'loss=0.5\')")'],
  ['node', '-e', 'const { log } = console; log("loss=0.5")'],
  ['node', '-e', 'const l = console.log.bind(console, "loss=0.5"); l()'],
  ['node', '-e', 'const w = new (require("fs").WriteStream)("/dev/stdout"); w.write("loss=0.5\\n")'],
  ['node', '-e', 'require("fs").createWriteStream(null, {fd: 1}).write("loss=0.5\\n")'],
  ['node', '-e', 'new console.Console(process.stdout).log("loss=0.5")'],
  ['node', '-e', 'new Function("console.log(\'loss=0.5\')")()'],
  ['node', '-e', 'require("vm").runInNewContext("c.log(\'loss=0.5\')", {c: console})'],
  ['node', '-e', 'require("child_process").spawnSync("echo", ["loss=0.5"], {stdio: "inherit"})'],
  ['node', '-e', 'Promise.reject(new Error("loss=0.5"))'],
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
  ['python3', '-c', 'loss = 0.5'],
  [
    'python3',
    '-c',
    'import json\nprint("done")\nwith open("/tmp/loss.json", "w") as f: json.dump({"loss": 0.5}, f)',
  ],
  [
    'python3',
    '-c',
    'import numpy as np\ndef train(x):\n  if x is None: raise ValueError("no data")\n  return np.mean(x)\nloss = train([1])',
  ],
  ['node', '-e', 'require("fs").writeFileSync("/tmp/loss.json", JSON.stringify({ loss: 0.5 }))'],
  ['bash', '-c', "cat > t.py <<'PY'\nloss = 0.5\nPY\npython3 t.py"],
])('is said to print nothing: %s %s %s', async (...command) => {
  expect(await covered(...command)).toBe('no');
});
