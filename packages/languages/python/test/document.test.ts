import { everyNeed } from '@katib-push/core';
import { createPython } from '@katib-push/python';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainStatements } from '../../../../test/languages/questions.ts';
import { lines } from '../../../../test/lines.ts';
import { editsOf, lastTemplate, python, rewrite, showTemplate, withDocument } from './python.ts';
import { REWRITES } from './rewrites.ts';

const problemOf = (text: string) =>
  withDocument(text, ({ problem, statements }) => problem && { ...problem, left: statements().length });

describe('texts that are left alone', () => {
  test.each([
    ['print "loss"', 'old-syntax', 'print'],
    ['if x:\n    print "a", b', 'old-syntax', 'print'],
    ['print >>sys.stderr, "x"', 'old-syntax', 'print'],
    ['exec "x = 1"', 'old-syntax', 'exec'],
    [
      lines`
      try:
          f()
      except ValueError, e:
          print(e)
    `,
      'old-syntax',
      'except',
    ],
    ['try: f()\nexcept (A, B), e: print(e)', 'old-syntax', 'except'],
    ['raise ValueError, "x"', 'old-syntax', 'raise'],
    ['if a <> b: print(1)', 'old-syntax', '<>'],
    ['x = `1`', 'old-syntax', '`'],
    ['print(1', 'syntax-error', 'print(1'],
    ['%matplotlib inline\nprint(1)', 'syntax-error', undefined],
    ['def f(:\n  print(1)', 'syntax-error', undefined],
    ['x = y.cuda(async=True)\nprint(x)', 'syntax-error', 'async'],
    ['s = "é😀"; x y\nprint(1)', 'syntax-error', 'y'],
    ['\uFEFFx = 1\r\nx y\r\n', 'syntax-error', 'y'],
    ['x = 1\n    print(x)', 'syntax-error', '    '],
    ['if x:\nprint(1)', 'syntax-error', 'print'],
    ['def f():\n    for i in x:  # c\n    print(1)', 'syntax-error', 'print'],
    [
      lines`
      for i in x:
          pass
        else:
          print(1)
    `,
      'syntax-error',
      '  ',
    ],
    ['print(1)\0', 'binary', '\0'],
  ])('%s', (text, code, at) => {
    const problem = problemOf(text);
    expect(problem).toMatchObject({ code, left: 0 });
    if (problem && at !== undefined) expect(text.slice(problem.range.from, problem.range.to)).toBe(at);
  });

  test.each([
    'print (a), b',
    'print -1',
    'print\n',
    'print * 2',
    'exec("a")',
    lines`
      try:
        f()
      except (A, B):
        pass
    `,
    lines`
      try:
        f()
      except A, B:
        pass
    `,
    'raise X',
    'raise (a, b)',
    '"`<>`"  # a <> b',
    '',
    '\n',
    '# only a comment',
  ])('%j is Python 3', (text) => {
    expect(problemOf(text)).toBeUndefined();
  });
});

describe('edit', () => {
  const cases = Object.values(REWRITES).flat();

  test('gives the text with the edits spliced in, and the same tree as a new parse', () => {
    for (const { before } of cases) {
      withDocument(before, (document) => {
        const edits = editsOf(document, 'env');
        const { document: next, changed } = document.edit(edits);
        let spliced = before;
        for (const edit of edits.toReversed().sort((a, b) => b.from - a.from))
          spliced = spliced.slice(0, edit.from) + edit.insert + spliced.slice(edit.to);
        expect(next.text).toBe(spliced);
        expect(next.problem).toBeUndefined();
        if (edits.length === 0) expect(changed).toEqual([]);
        const again = python.parse(spliced, { opaque: [] });
        expect(plainStatements(next)).toEqual(plainStatements(again));
        again.dispose();
        next.dispose();
      });
    }
  });

  test('says where the new text is broken', () => {
    withDocument('x = 1\nprint(x)\n', (document) => {
      const { document: next, changed } = document.edit([{ from: 6, to: 6, insert: '(', reason: '' }]);
      expect(next.problem?.code).toBe('syntax-error');
      expect(changed.length).toBeGreaterThan(0);
      next.dispose();
    });
  });

  test('moves stand-ins along', () => {
    const text = 'print("a=______")\nprint(1)';
    const opaque = [{ from: 9, to: 15 }];
    withDocument(
      text,
      (document) => {
        const { document: next } = document.edit(editsOf(document, 'env'));
        expect(showTemplate(next.statements()[0]?.template?.())).toBe('a=‹…:unknown›\n');
        next.dispose();
      },
      opaque,
    );
  });

  test('of any insertions keeps what was there', () => {
    const line = fc.constantFrom(
      'print(a)',
      'x = """é\n😀"""',
      '# c',
      '',
      'if x:\n    print(f"{y}")',
      'def f(a=print):\n\n    return 1',
    );
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        (lines, newline) => {
          const text = lines.join(newline).replaceAll(/\r?\n/g, newline);
          const after = rewrite(text, 'env');
          const stripped = after
            .replaceAll(/_katib_push\((print)(?:,1)?\)/g, '$1')
            .replace(/_katib_push=lambda.*?:pass"%10\)(?:; | {2})?/, '');
          const addsLine = after.split('\n').length > text.split('\n').length;
          expect(addsLine ? stripped.replace(newline, '') : stripped).toBe(text);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('stand-ins', () => {
  const text = 'lr = ______\nprint(f"lr={______} a=______ b", lr, "______")';
  const opaque = [...text.matchAll(/_{6}/g)].map(({ index }) => ({ from: index, to: index + 6 }));

  test('are holes, wherever they stand', () => {
    expect(showTemplate(lastTemplate(text, opaque))).toBe(
      'lr=‹…:unknown› a=‹…:unknown› b ‹lr:unknown› ‹…:unknown›\n',
    );
  });

  test('in numbers, too', () => {
    expect(
      showTemplate(
        lastTemplate('print(1e-111111, "%d" % 111111)', [
          { from: 9, to: 15 },
          { from: 24, to: 30 },
        ]),
      ),
    ).toBe('‹1e-…:number› ‹…:integer›\n');
  });
});

describe('names', () => {
  test.each([
    ['print(1)', '_katib_push'],
    ['_katib_push = 1', '_katib_push_1'],
    ['_katib_push = _katib_push_1 = 2', '_katib_push_2'],
    ['my_katib_push = _katib_pusher', '_katib_push'],
    [rewrite('print(1)', 'env'), '_katib_push'],
    [rewrite('_katib_push = 1\nprint(1)', 'env'), '_katib_push_1'],
  ])('%s', (text, name) => {
    expect(withDocument(text, (document) => document.freeName())).toBe(name);
  });
});

describe('facts for the report', () => {
  test('modules beside the script', () => {
    const modules = (text: string) => withDocument(text, (document) => document.modules());
    expect(modules('import helper\nfrom pkg.mod import a as b, c')).toEqual([
      'helper.py',
      'helper/__init__.py',
      'pkg.py',
      'pkg/__init__.py',
      'pkg/mod.py',
      'pkg/mod/__init__.py',
      'pkg/mod/a.py',
      'pkg/mod/a/__init__.py',
      'pkg/mod/c.py',
      'pkg/mod/c/__init__.py',
    ]);
    expect(modules('from . import x\nfrom ..y import z')).toContain('x.py');
    expect(modules('from ..y import z')).toContain('../y.py');
    expect(
      modules(
        lines`
          import importlib, runpy
          importlib.import_module("dyn")
          runpy.run_path("./other.py")
          exec(open("third.py").read())
        `,
      ),
    ).toEqual(expect.arrayContaining(['dyn.py', 'other.py', 'third.py']));
    expect(
      modules(lines`
      """
      import a
      """
      # import b
      x = "import c"
    `),
    ).toEqual([]);
  });

  test.each([
    ['from kubeflow.katib import report_metrics\nreport_metrics({"a": 1})', 'report_metrics({"a": 1})'],
    ['import kubeflow.katib as katib\nkatib.report_metrics(m)', 'katib.report_metrics(m)'],
    ['stub = api_pb2_grpc.DBManagerStub(channel)', 'api_pb2_grpc.DBManagerStub(channel)'],
    ['def report_metrics(x): pass\nreport_metrics(1)', undefined],
    ['from katib_push import report_metrics as rm\nrm({})', 'rm({})'],
    ['import katib_push as kp\nkp.report_metrics({})', 'kp.report_metrics({})'],
    ['from kubeflow import katib\nreport = katib.report_metrics\nreport({})', 'katib.report_metrics'],
    ['from kubeflow.katib import *\nreport_metrics({})', 'report_metrics({})'],
    ['import kubeflow.katib as k\ndef push(m):\n  k.report_metrics(m)', 'k.report_metrics(m)'],
    [
      'from functools import partial\nfrom kubeflow.katib import report_metrics\np = partial(report_metrics, a=1)',
      'report_metrics',
    ],
    ['import kubeflow.katib as k\ngetattr(k, "report_metrics")({})', 'report_metrics'],
    [
      'import importlib\nimportlib.import_module("kubeflow.katib").report_metrics({})',
      'importlib.import_module("kubeflow.katib").report_metrics({})',
    ],
    [
      'from kubeflow.katib import KatibClient\nfrom other import report_metrics\nreport_metrics({})',
      undefined,
    ],
    ['import other\nother.report_metrics({})  # katib', undefined],
    ['import kubeflow.katib\nprint("report_metrics")', undefined],
    ['from kubeflow.katib import report_metrics\nprint(1)', undefined],
    ['# katib.report_metrics(x)', undefined],
    ['trainer.report_metrics(x)', undefined],
  ])('reports by itself: %s', (text, call) => {
    const range = withDocument(text, (document) => document.reportsItself());
    expect(range && text.slice(range.from, range.to)).toBe(call);
  });

  test.each([
    ['import os\nos.write(1, b"x")', ['os.write']],
    ['import os\nos.write(fd, b"x")', []],
    ['import sys\nsys.stdout.buffer.write(b"x")', ['sys.stdout.buffer.write']],
    [
      lines`
        import subprocess as sp
        sp.run(["a"])
        sp.Popen("b", stdout=sp.PIPE)
        sp.run("c", capture_output=True)
      `,
      ['subprocess.run', 'subprocess.Popen'],
    ],
    ['import subprocess as sp\nsp.run("a", stdout=f, stderr=sp.STDOUT)\nsp.check_output("a", stderr=f)', []],
    [
      'import subprocess\nsubprocess.check_output("a")\nsubprocess.run("a", stdout=None)',
      ['subprocess.check_output', 'subprocess.run'],
    ],
    [
      'import subprocess, sys\nsubprocess.call("a", stdout=sys.stderr, stderr=sys.stdout)',
      ['subprocess.call'],
    ],
    ['import subprocess\nstart = subprocess.Popen\nstart("a")', ['subprocess.Popen']],
    ['import os\nlist(map(os.system, commands))', ['os.system']],
    ['import os\nw = os.write\nw(1, b"x")', ['os.write']],
    [
      lines`
        import os, sys
        os.execvp(a, b)
        os.write(sys.stdout.fileno(), b)
        os.popen(c).read()
      `,
      ['os.execvp', 'os.write', 'os.popen'],
    ],
    ['import sys\nout = sys.stdout.buffer\nout.write(b"x")', ['sys.stdout.buffer.write']],
    ['import sys, pickle\npickle.dump(x, sys.stdout.buffer)', ['sys.stdout.buffer']],
    ['import sys, io\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")', []],
    ['import sys, codecs\nsys.stdout = codecs.getwriter("utf-8")(sys.stdout.buffer)', []],
    ['import sys, io\nout = io.TextIOWrapper(sys.stdout.buffer)\nout.write(x)', ['sys.stdout.buffer']],
    [
      'import asyncio\nasync def f():\n  await asyncio.create_subprocess_exec("a")',
      ['asyncio.create_subprocess_exec'],
    ],
    ['from ctypes import CDLL\nlibc = CDLL(None)\nlibc.puts(b"x")', ['CDLL.puts']],
    ['import subprocess\np: subprocess.Popen = None\nisinstance(p, subprocess.Popen)', []],
    ['from subprocess import check_call\ncheck_call("a")', ['subprocess.check_call']],
    ['import os\nos.system("a")', ['os.system']],
    ['__import__("os").system("a")', ['os.system']],
    ['import importlib\nsp = importlib.import_module("subprocess")\nsp.run(["a"])', ['subprocess.run']],
    ['import importlib\nsp = importlib.import_module(name)\nsp.run(["a"])', []],
    ['exec("print(1)")\neval("1 + 1")', ['exec']],
    [
      lines`
      a = "print(1)"
      exec(a)
      b = "x = 1"
      exec(b)
    `,
      ['exec'],
    ],
    ['a = "print(1)"\nexec(compile(a, "f", "exec"), {})', ['exec']],
    ['exec(fetch())\neval(expression)\ndef f(code): exec(code)', ['exec', 'exec']],
    ['exec(open("beside.py").read())', []],
    ['run(1); self.write(2); call(3)', []],
    ['f = open("/dev/stdout", "w")\nprint(1, file=f)\nf.write(x)', ['open']],
    [
      'import io, os, sys\nos.fdopen(sys.stdout.fileno(), "w"); os.fdopen(os.dup(1)); open(2, "w"); io.open("/proc/self/fd/1")',
      ['os.fdopen', 'os.fdopen', 'open', 'io.open'],
    ],
    ['open(3, "w"); open("/dev/null"); open("1"); open(path); os.fdopen(fd); open', []],
    // the client reads what replaces a stream
    ['import io, os, sys\nsys.stdout = os.fdopen(1, "w")\nsys.stderr = io.TextIOWrapper(open(2, "wb"))', []],
  ])('unreadable: %s', (text, sinks) => {
    expect(withDocument(text, (document) => document.unreadable().map(({ sink }) => sink))).toEqual(sinks);
  });

  test.each([
    ['os.write(1, b"done")', 'b"done"'],
    ['os.write(1, data)', undefined],
    ['sys.stdout.buffer.write("saved".encode())', '"saved".encode()'],
    ['subprocess.check_call([sys.executable, "-m", "pip", "install", name])', ''],
    ['subprocess.run(["nvidia-smi"])', ''],
    ['subprocess.run("mkdir -p a && cp b a", shell=True)', ''],
    ['subprocess.run("mkdir -p a && ./train", shell=True)', undefined],
    ['subprocess.run([sys.executable, "train.py"])', undefined],
    ['subprocess.run([command])', undefined],
    ['subprocess.run(command, shell=True)', undefined],
    ['os.system(f"mkdir -p {folder}")', ''],
    ['os.system(f"{binary} mkdir")', undefined],
    ['os.execv("/bin/ls", ["ls"])', ''],
    ['os.execlp("ls", "ls", "-l")', ''],
  ])('what unreadable output is known to be: %s', (call, text) => {
    const found = withDocument(`import os, subprocess, sys\n${call}\n`, (document) => document.unreadable());
    expect(found.map((one) => one.text)).toEqual([text]);
  });

  test.each([
    [
      'import sys\nprint(1, file=sys.stderr); sys.stdout.write(x); sys.stdout.flush(); w = sys.stdout.write',
      [],
    ],
    ['import sys, logging\nlogging.StreamHandler(sys.stdout); logging.basicConfig(stream=sys.stderr)', []],
    [
      'import sys\nfor x in tqdm(xs, file=sys.stdout): pass\nif sys.stdout is None or sys.stderr.isatty(): pass',
      [],
    ],
    ['from sys import stdout\nstdout.write(x)', []],
    ['import sys\nsys.stdout = sys.__stdout__', []],
    ['import functools, sys\nlog = functools.partial(print, file=sys.stderr)', []],
    ['import contextlib, sys\nwith contextlib.redirect_stdout(sys.stderr): f()', []],
    ['def f(stdout): g(stdout)\nclass A: stderr = 1\nf("sys.stdout")  # f(sys.stdout)', []],
    ['import sys\nout = sys.stdout', ['sys.stdout']],
    ['from sys import stdout as out\nout.write(x)', ['out']],
    ['from sys import stdout\nReporter(stdout)', ['stdout']],
    ['import sys as s\nR(s.stderr, file=s.__stdout__)', ['s.stderr', 's.__stdout__']],
    [
      lines`
        import sys
        class L:
            def __init__(s, o=sys.stdout): s.o = o
            def p(s, t): s.o.write(t)
      `,
      ['sys.stdout'],
    ],
    ['import sys\nself.out = sys.stderr\nsys.stdout = Tee(sys.stdout, log)', ['sys.stderr', 'sys.stdout']],
    ['import sys\ndef w(): return sys.stdout', ['sys.stdout']],
    ['import sys\n(o := sys.stdout).write(x); (f or sys.stdout).write(y)', ['sys.stdout', 'sys.stdout']],
    ['import sys\n(sys.stderr if q else sys.stdout).write(x)', ['sys.stderr', 'sys.stdout']],
    ['import sys\nd = dict(a=sys.stdout); e = {"o": sys.stderr}', ['sys.stdout', 'sys.stderr']],
    ['import sys\nfor s in (sys.stdout, sys.stderr): s.write(x)', ['sys.stdout', 'sys.stderr']],
    ['import csv, json, sys\njson.dump(d, sys.stdout)\ncsv.writer(sys.stderr)', ['sys.stdout', 'sys.stderr']],
    ['import sys\nout = getattr(sys, "stdout")\nf(getattr(sys, name))', ['getattr(sys, "stdout")']],
    ['for a in tqdm(x, desc=f"a={b}"):\n  for c in trange(3): f()', ['tqdm']],
    ['for a in tqdm(x, desc=f"a={b}"): f()\nfor c in tqdm(x, desc="c", leave=False): f()', ['tqdm']],
    ['for a in tqdm(x, desc=f"a={b}"): f()', []],
    ['for a in tqdm(x, desc="a"):\n  for c in trange(3): f()', []],
  ])('streams that get away: %s', (text, expected) => {
    const places = withDocument(text, (document) => document.escapes?.() ?? []);
    expect(places.map(({ from, to }) => text.slice(from, to))).toEqual(expected);
  });

  test('suppressions without a statement', () => {
    const text = lines`
        x = 1  # katib-push: ignore a
        print(1)  # katib-push: ignore b
        "# katib-push: ignore c"

      `;
    const unused = withDocument(text, (document) => document.unusedSuppressions());
    expect(unused.map(({ from, to }) => text.slice(from, to))).toEqual(['# katib-push: ignore a']);
  });

  test('suppressions of output that can not be read, and of streams that get away', () => {
    const text = lines`
        import os, subprocess, sys
        from helpers import print_once
        os.write(1, x)
        subprocess.run(c)  # katib-push: ignore a
        print_once(x)  # katib-push: ignore b
        start(sys.stdout)
        start(sys.stderr)  # katib-push: ignore c

      `;
    withDocument(text, (document) => {
      expect(document.unusedSuppressions()).toEqual([]);
      expect(document.unreadable().map(({ sink }) => sink)).toEqual(['os.write']);
      expect(document.escapes?.()).toHaveLength(1);
      expect(document.nearMisses?.()).toEqual([]);
    });
  });
});

describe('the language', () => {
  test('knows its interpreters', () => {
    const [interpreter] = python.interpreters;
    for (const name of ['python', 'python3', 'python3.11', 'python3.13t', 'pypy', 'pypy3'])
      expect(name).toMatch(interpreter?.command as RegExp);
    for (const name of ['python2', 'ipython', 'python3-config', 'pythonw', 'bpython'])
      expect(name).not.toMatch(interpreter?.command as RegExp);
  });

  test('takes another source of the client', async () => {
    const { client } = await createPython({ clientSource: 'x' });
    expect(client?.environmentVariable).toBe('KATIB_PUSH_PYTHON');
    expect(client?.source(everyNeed)).toBe('x');
  });

  test('never throws on any text', () => {
    const piece = fc.constantFrom(
      'print',
      '(',
      ')',
      '"',
      "'",
      'f"',
      '{',
      '}',
      '\n',
      '    ',
      '=',
      ':',
      'def f',
      'logger.info',
      '%',
      '.format',
      '\\',
      '#',
      '"""',
      ',',
      'x',
      '*',
      'sys.stdout.write',
      '😀',
      '\r',
      '\t',
      'lambda',
      'json.dumps',
      '1',
      ';',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        withDocument(pieces.join(''), (document) => {
          for (const statement of document.statements()) statement.template?.();
          document.modules();
          document.unreadable();
          document.reportsItself();
          document.unusedSuppressions();
          if (!document.problem) document.edit(editsOf(document, 'env')).document.dispose();
        });
      }),
      { numRuns: 2000 },
    );
  });

  test('says so when a template is asked for too late', () => {
    const [early, late] = withDocument('print(1)\nprint(2)', (document) => {
      const statements = document.statements();
      expect(showTemplate(statements[0]?.template?.())).toBe('1\n');
      return statements;
    });
    expect(showTemplate(early?.template?.())).toBe('1\n');
    expect(() => late?.template?.()).toThrow('after its document was disposed');
  });

  test('frees what it parses', () => {
    const text = 'def f(x):\n    print(f"a={x:.3f}")\n'.repeat(200);
    const round = () => {
      for (let i = 0; i < 60; i++)
        withDocument(text, (document) => document.edit(editsOf(document, 'env')).document.dispose());
    };
    round();
    const before = process.memoryUsage();
    round();
    const after = process.memoryUsage();
    const grown = after.arrayBuffers + after.external - before.arrayBuffers - before.external;
    expect(grown).toBeLessThan(500_000);
  });
});
