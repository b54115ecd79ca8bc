import type { RewriteTable } from '../../../../test/languages/describe-rewrites.ts';
import { lines } from '../../../../test/lines.ts';

/** Cases by family. CPython compares each rewrite with its original, too. */
export const REWRITES: RewriteTable = {
  print: [
    { name: 'a call', before: 'print("a=1", flush=True)', after: '_katib_push(print)("a=1", flush=True)' },
    { name: 'a space in front of the brackets', before: 'print (x)', after: '_katib_push(print) (x)' },
    { name: 'a callee in brackets', before: '(print)(x)', after: '(_katib_push(print))(x)' },
    { name: 'a line continuation', before: 'print \\\n  (x)', after: '_katib_push(print) \\\n  (x)' },
    {
      name: 'the module builtins',
      before: 'import builtins as b\nb.print(x)',
      after: 'import builtins as b\n_katib_push(b.print)(x)',
    },
    {
      name: 'an import alias',
      before: 'from builtins import print as p\np(x)',
      after: 'from builtins import print as p\n_katib_push(p)(x)',
    },
    {
      name: 'a lambda, a comprehension, a default',
      before: 'f = lambda x, y=print(1): [print(z) for z in x]',
      after: 'f = lambda x, y=_katib_push(print)(1): [_katib_push(print)(z) for z in x]',
    },
    { name: 'within itself', before: 'print(print(1))', after: '_katib_push(print)(_katib_push(print)(1))' },
    { name: 'a class body', before: 'class A:\n\tprint(1)', after: 'class A:\n\t_katib_push(print)(1)' },
    {
      name: 'after keywords',
      before: lines`
          async def f():
              if not print(1): return print(2)
              await g(print(3))
          def h():
              yield print(4)
        `,
      after: lines`
          async def f():
              if not _katib_push(print)(1): return _katib_push(print)(2)
              await g(_katib_push(print)(3))
          def h():
              yield _katib_push(print)(4)
        `,
    },
    {
      name: 'a match guard',
      before: 'match x:\n    case A(print=1) if print(x): pass',
      after: 'match x:\n    case A(print=1) if _katib_push(print)(x): pass',
    },
    { name: 'within an f-string', before: 'f"{print(1)}"', after: 'f"{_katib_push(print)(1)}"' },
    { name: 'a walrus', before: 'if (x := print(1)): pass', after: 'if (x := _katib_push(print)(1)): pass' },
    {
      name: 'a shadowed print',
      before: 'def print(*a): pass\nprint(1)',
      after: 'def print(*a): pass\n_katib_push(print)(1)',
    },
    {
      name: 'to an output stream',
      before: 'import sys\nprint(x, file=sys.stderr)',
      after: 'import sys\n_katib_push(print)(x, file=sys.stderr)',
    },
    {
      name: 'to what may be the output',
      before: 'print(x, file=out)',
      after: '_katib_push(print)(x, file=out)',
    },
    {
      name: 'several on one line',
      before: 'print(1); print(2)',
      after: '_katib_push(print)(1); _katib_push(print)(2)',
    },
    {
      name: 'wide characters in front',
      before: 'x = "😀é"; print(x)',
      after: 'x = "😀é"; _katib_push(print)(x)',
    },
    { name: 'to a file', before: 'with open("a") as f:\n    print(x, file=f)' },
    { name: 'to a buffer', before: 'import io\nb = io.StringIO()\nprint(x, file=b)' },
    { name: 'to a file opened in place', before: 'print(x, file=open("a", "w"))' },
    { name: 'an f-string that shows its source', before: 'f"{print(1)=}"' },
    { name: 'a decorator that is called', before: '@print(1)\ndef f(): pass' },
    { name: 'a name in a keyword', before: 'f(print=1)\ndict(print=2)' },
    { name: 'a definition', before: 'def print(print): pass' },
    { name: 'a method definition', before: 'class A:\n    def print(self, *print, **kw): pass' },
    {
      name: 'patterns',
      before: lines`
      match x:
          case print: pass
      match y:
          case print(print=1): pass
    `,
    },
    {
      name: 'targets',
      before: lines`
        print = 1
        print, b = 1, 2
        [print] = [3]
        for print in []: pass
        x.print = 3
      `,
    },
    {
      name: 'other bindings',
      before: lines`
        import print
        from m import print
        def f():
            global print
            del print
      `,
    },
    { name: 'with and except', before: 'with a as print: pass\ntry: pass\nexcept E as print: pass' },
    { name: 'an annotation', before: 'x: print = 1\ndef f(a: print) -> print: pass' },
    {
      name: 'strings and comments',
      before: lines`
      "print(1)"  # print(2)
      """
      print(3)
      """
    `,
    },
    { name: 'an attribute of print', before: 'print.__doc__\nprint.x = 1' },
    { name: 'a comparison', before: 'f is print\nf == print\nprint in fs' },
    { name: 'an inspection', before: 'callable(print), isinstance(print, T), repr(print), id(print)' },
    { name: 'a key', before: 'x = {print: 1}' },
    { name: 'its own text', before: 'f"{print}"' },
    {
      name: 'by a look-up',
      before: lines`
          import builtins
          getattr(builtins, "print")(x)
          vars(builtins)["print"](y)
          builtins.__dict__["print"](z)
          __builtins__["print"](a); globals()["print"](b)
        `,
      after: lines`
          import builtins
          _katib_push(getattr(builtins, "print"))(x)
          _katib_push(vars(builtins)["print"])(y)
          _katib_push(builtins.__dict__["print"])(z)
          _katib_push(__builtins__["print"])(a); _katib_push(globals()["print"])(b)
        `,
    },
    {
      name: 'by a look-up in something else',
      before: 'd["print"](x)\ngetattr(m, "fit")(y)\nglobals()["print"] = 1',
    },
    { name: 'nothing at all', before: 'x = 1' },
    { name: 'a longer name', before: 'pprint_(1); print_(2); blueprint(3); éprint(4)' },
  ],
  'print as a value': [
    { name: 'an argument', before: 'map(print, xs)', after: 'map(_katib_push(print,1), xs)' },
    { name: 'an assignment', before: 'log = print', after: 'log = _katib_push(print,1)' },
    {
      name: 'a typed assignment',
      before: 'log: Callable = print',
      after: 'log: Callable = _katib_push(print,1)',
    },
    { name: 'a keyword', before: 'run(callback=print)', after: 'run(callback=_katib_push(print,1))' },
    {
      name: 'a default',
      before: 'def f(log=print, *, out: C = print): pass',
      after: 'def f(log=_katib_push(print,1), *, out: C = _katib_push(print,1)): pass',
    },
    {
      name: 'a partial',
      before: 'partial(print, flush=True)',
      after: 'partial(_katib_push(print,1), flush=True)',
    },
    {
      name: 'displays',
      before: 'x = [print], (print,), {"a": print}',
      after: 'x = [_katib_push(print,1)], (_katib_push(print,1),), {"a": _katib_push(print,1)}',
    },
    { name: 'a result', before: 'def f(): return print', after: 'def f(): return _katib_push(print,1)' },
    { name: 'a lambda’s result', before: 'f = lambda: print', after: 'f = lambda: _katib_push(print,1)' },
    {
      name: 'an alternative',
      before: 'log = log or print\nlog = print if v else None',
      after: 'log = log or _katib_push(print,1)\nlog = _katib_push(print,1) if v else None',
    },
    { name: 'a decorator', before: '@print\ndef f(): pass', after: '@_katib_push(print,1)\ndef f(): pass' },
    {
      name: 'the idiom of distributed training',
      before: lines`
          def setup(master):
              import builtins as b
              own = b.print
              def print(*a, **k):
                  if master: own(*a, **k)
              b.print = print
        `,
      after: lines`
          def setup(master):
              import builtins as b
              own = _katib_push(b.print,1)
              def print(*a, **k):
                  if master: own(*a, **k)
              b.print = print
        `,
    },
    {
      name: 'a bound method of a stream',
      before: 'import sys\nw = sys.stdout.write',
      after: 'import sys\nw = _katib_push(sys.stdout.write,1)',
    },
    {
      name: 'a logger’s method',
      before: 'import logging\nmodel.summary(print_fn=logging.info)',
      after: 'import logging\nmodel.summary(print_fn=_katib_push(logging.info,1))',
    },
    { name: 'a method that isn’t a logger’s', before: 'f = self.error\nmap(np.log, xs)\ncb = frame.info' },
    { name: 'a parameter', before: 'def f(print):\n    return map(print, [])' },
    { name: 'a pattern', before: 'match x:\n    case print: f(print)' },
    { name: 'a definition passed on', before: 'def print(*a): pass\nfit(print)' },
    {
      name: 'a name that is bound anew',
      before: 'print = functools.partial(print, flush=True)\nfit(print)\nx = print',
      after:
        'print = functools.partial(_katib_push(print,1), flush=True)\nfit(_katib_push(print,1))\nx = _katib_push(print,1)',
    },
    {
      name: 'a name that may be bound anew',
      before: 'if v:\n    print = lambda *a: None\nfit(print)',
      after: 'if v:\n    print = lambda *a: None\nfit(_katib_push(print,1))',
    },
    {
      name: 'a name that may be imported',
      before: lines`
        try:
            from rich import print
        except ImportError:
            pass
        fit(print)
      `,
      after: lines`
        try:
            from rich import print
        except ImportError:
            pass
        fit(_katib_push(print,1))
      `,
    },
    {
      name: 'a name that is imported',
      before: 'from helpers import print\nfit(print)',
      after: 'from helpers import print\nfit(_katib_push(print,1))',
    },
    {
      name: 'comprehensions',
      before: 'x = [print for _ in y], {print for _ in y}, list(print for _ in y), {1: print for _ in y}',
      after:
        'x = [_katib_push(print,1) for _ in y], {_katib_push(print,1) for _ in y}, list(_katib_push(print,1) for _ in y), {1: _katib_push(print,1) for _ in y}',
    },
    {
      name: 'within an argument',
      before: 'print("loss=1", *map(print, "ab"))',
      after: '_katib_push(print)("loss=1", *map(_katib_push(print,1), "ab"))',
    },
    {
      name: 'arguments with a star',
      before: lines`
          print("l", *xs)
          print("l", *x.y)
          print("l", *a or b, *-c)
          print("l", *map(f, x), *map(g, y))
          print("l", *f(x), sep="")
        `,
      after: lines`
          _katib_push(print)("l", *xs)
          _katib_push(print)("l", *x.y)
          _katib_push(print)("l", *a or b, *-c)
          _katib_push(print)("l", *map(f, x), *map(g, y))
          _katib_push(print)("l", *f(x), sep="")
        `,
    },
    {
      name: 'calls with a star in front',
      before: 'print(f"{a}", *print(x), *logger.info(print), *isinstance(print, y))',
      after:
        '_katib_push(print)(f"{a}", *_katib_push(print)(x), *_katib_push(logger.info)(_katib_push(print,1)), *isinstance(print, y))',
    },
    {
      name: 'a name for a text',
      before: lines`
        import sys
        print = "a"
        sys.stdout.write(print)
        f("b", print)
      `,
      after: lines`
          import sys
          print = "a"
          _katib_push(sys.stdout.write)(_katib_push(print,1))
          f("b", _katib_push(print,1))
        `,
    },
    {
      name: 'shown by itself',
      before: lines`
        import logging
        print(print)
        print(print, f"{x}")
        print(logging.info)
      `,
      after: lines`
          import logging
          _katib_push(print)(print)
          _katib_push(print)(print, f"{x}")
          _katib_push(print)(logging.info)
        `,
    },
  ],
  streams: [
    {
      name: 'stdout and stderr',
      before: 'import sys\nsys.stdout.write(x)\nsys.stderr.writelines(xs)',
      after: 'import sys\n_katib_push(sys.stdout.write)(x)\n_katib_push(sys.stderr.writelines)(xs)',
    },
    {
      name: 'aliases',
      before: lines`
          import sys as s
          from sys import stdout
          out = s.stderr
          s.__stdout__.write(x); stdout.write(x); out.write(x)
        `,
      after: lines`
          import sys as s
          from sys import stdout
          out = s.stderr
          _katib_push(s.__stdout__.write)(x); _katib_push(stdout.write)(x); _katib_push(out.write)(x)
        `,
    },
    {
      name: 'an attribute',
      before: lines`
          import sys
          class A:
              def __init__(self):
                  self.out = sys.stdout
              def f(self):
                  self.out.write(x)
        `,
      after: lines`
          import sys
          class A:
              def __init__(self):
                  self.out = sys.stdout
              def f(self):
                  _katib_push(self.out.write)(x)
        `,
    },
    {
      name: 'what is called like a stream',
      before: lines`
          import gzip, cv2, out
          with open("a") as log: log.write(x)
          with gzip.open("a") as log: log.write(x)
          out.write(x)
          err = io.StringIO()
          err.write(x)
          class A:
              def f(self):
                  self.out = cv2.VideoWriter(p)
                  self.out.write(x)
        `,
    },
    {
      name: 'one of several names',
      before: lines`
          import sys
          log, (a, b), out = f, g, sys.stdout
          out.write(x)
          a.write(y)
          h, i = g
          i.write(z)
        `,
      after: lines`
          import sys
          log, (a, b), out = f, g, sys.stdout
          _katib_push(out.write)(x)
          a.write(y)
          h, i = g
          i.write(z)
        `,
    },
    {
      name: 'a stream that is looked up',
      before: lines`
          import sys
          getattr(sys, "stdout").write(x)
          getattr(sys.stderr, "write")(y)
          getattr(sys, name).write(z)
        `,
      after: lines`
          import sys
          _katib_push(getattr(sys, "stdout").write)(x)
          _katib_push(getattr(sys.stderr, "write"))(y)
          getattr(sys, name).write(z)
        `,
    },
    {
      name: 'a stream of a class',
      before: lines`
          import sys
          class A:
              f = sys.stderr
              g: T = open("x")
              def add(self): self.f.write(x); self.g.write(y)
        `,
      after: lines`
          import sys
          class A:
              f = sys.stderr
              g: T = open("x")
              def add(self): _katib_push(self.f.write)(x); self.g.write(y)
        `,
    },
    {
      name: 'a class that writes elsewhere',
      before: lines`
          class Table:
              def write(self, s): self.rows.append(s)
              def line(self, s): self.write(s)
          t = Table()
          t.write(x)
        `,
    },
    {
      name: 'a stream of the script’s own',
      before: lines`
          class Tee:
              def write(self, text):
                  self.out.write(text)
              def close(self):
                  for stream in self.all: stream.write(x)
        `,
    },
    {
      name: 'what is given a file',
      before: lines`
          import csv, json, sys
          json.dump(d, f)
          json.dump(sys.stdout, f)
          w = csv.writer(f)
          w.writerow([x])
          for w in [csv.writer(f)]: w.writerow(y)
          torch.dump(d, sys.stdout)
        `,
    },
    { name: 'a file', before: 'f = open("a", "w")\nf.write(x)' },
    { name: 'the buffer below', before: 'import sys\nsys.stdout.buffer.write(b"x")' },
    { name: 'anything', before: 'self.file.write(x)\nwriter.write(y)' },
    {
      name: 'a line continuation behind the dot',
      before: 'import sys\nsys.stdout.\\\n  write(x)',
      after: 'import sys\n_katib_push(sys.stdout.\\\n  write)(x)',
    },
    { name: 'flush', before: 'import sys\nsys.stdout.flush()' },
  ],
  loggers: [
    {
      name: 'the module',
      before: 'import logging\nlogging.info("a=%d", 1)',
      after: 'import logging\n_katib_push(logging.info)("a=%d", 1)',
    },
    {
      name: 'a name',
      before: 'logger.info(x)\nLOG.warning(x)\nlog.error(x)',
      after: '_katib_push(logger.info)(x)\n_katib_push(LOG.warning)(x)\n_katib_push(log.error)(x)',
    },
    {
      name: 'an attribute',
      before: 'self.log.info(x)\nself.trainer.logger.debug(x)',
      after: '_katib_push(self.log.info)(x)\n_katib_push(self.trainer.logger.debug)(x)',
    },
    {
      name: 'a chain',
      before: 'logging.getLogger("a").info(x)\nget_logger()\\\n  .warning(y)',
      after: '_katib_push(logging.getLogger("a").info)(x)\n_katib_push(get_logger()\\\n  .warning)(y)',
    },
    {
      name: 'a line continuation behind the dot',
      before: 'import logging\nlogging.\\\nerror(x)',
      after: 'import logging\n_katib_push(logging.\\\nerror)(x)',
    },
    {
      name: 'calls in a row',
      before: 'from loguru import logger\nlogger.info(x).info(y)\nlogger.bind(a=1).info(x).error(y)',
      after:
        'from loguru import logger\n_katib_push(_katib_push(logger.info)(x).info)(y)\n_katib_push(_katib_push(logger.bind(a=1).info)(x).error)(y)',
    },
    {
      name: 'a level',
      before: 'logger.log(20, x)\nself._logger.log(10, y)',
      after: '_katib_push(logger.log)(20, x)\n_katib_push(self._logger.log)(10, y)',
    },
    {
      name: 'imported functions',
      before: 'from logging import info, warning as w\ninfo(x)\nw(y)',
      after: 'from logging import info, warning as w\n_katib_push(info)(x)\n_katib_push(w)(y)',
    },
    {
      name: 'others',
      before: lines`
        from absl import logging as al
        from loguru import logger as l
        al.info(x)
        l.success(y)
      `,
      after: lines`
          from absl import logging as al
          from loguru import logger as l
          _katib_push(al.info)(x)
          _katib_push(l.success)(y)
        `,
    },
    {
      name: 'now and then',
      before: lines`
          from absl import logging as al
          al.log_every_n(al.INFO, y, 10, x)
          al.log_first_n(al.INFO, y, 1)
          al.log_if(al.INFO, y, x)
          al.vlog(1, y)
          al.log_every_n_seconds(al.INFO, y, 5)
          other.vlog(1, y)
        `,
      after: lines`
          from absl import logging as al
          _katib_push(al.log_every_n)(al.INFO, y, 10, x)
          _katib_push(al.log_first_n)(al.INFO, y, 1)
          _katib_push(al.log_if)(al.INFO, y, x)
          _katib_push(al.vlog)(1, y)
          _katib_push(al.log_every_n_seconds)(al.INFO, y, 5)
          other.vlog(1, y)
        `,
    },
    {
      name: 'a logger under another name',
      before: 'import logging\nq = logging.getLogger()\nq.log(20, x)',
      after: 'import logging\nq = logging.getLogger()\n_katib_push(q.log)(20, x)',
    },
    {
      name: 'numbers',
      before: 'import math, numpy as np, torch\nmath.log(x); np.log(x); torch.log(x); x.log(); np.trace(y)',
    },
    {
      name: 'trackers',
      before: 'import wandb, mlflow\nwandb.log({"a": 1}); run.log(x); self.log("loss", l)',
    },
    {
      name: 'parsers',
      before: lines`
          import argparse
          parser = argparse.ArgumentParser()
          p = argparse.ArgumentParser()
          parser.error("x"); p.error("y"); parser.exit(1)
        `,
    },
    { name: 'nothing to say', before: 'df.info()\nfuture.exception()' },
    {
      name: 'other uses',
      before: lines`
      logger.info
      x.info = 1
      logger.setLevel(10)
      logger.info.x
    `,
    },
    {
      name: 'a method that is looked up',
      before: lines`
          import logging
          logger = logging.getLogger()
          getattr(logger, "info")(x)
          getattr(self.logger, level)(y)
          emit = getattr(logger, level.lower())
          getattr(logging, "error", None)(z)
        `,
      after: lines`
          import logging
          logger = logging.getLogger()
          _katib_push(getattr(logger, "info"))(x)
          _katib_push(getattr(self.logger, level))(y)
          emit = _katib_push(getattr(logger, level.lower()),1)
          _katib_push(getattr(logging, "error", None))(z)
        `,
    },
    {
      name: 'what else is looked up',
      before: lines`
          import logging
          logging.basicConfig(level=getattr(logging, level.upper()))
          getattr(logger, "handlers")[0]
          getattr(model, name)(x)
          getattr(logger)
          x.getattr(logger, "info")(y)
        `,
    },
    {
      name: 'warnings',
      before: lines`
          import warnings
          from warnings import warn as w
          warnings.warn(x, UserWarning)
          w(f"a={b}", stacklevel=2)
        `,
      after: lines`
          import warnings
          from warnings import warn as w
          _katib_push(warnings.warn)(x, UserWarning)
          _katib_push(w)(f"a={b}", stacklevel=2)
        `,
    },
    {
      name: 'tracebacks',
      before: lines`
          import io, traceback, sys
          from traceback import print_exc
          traceback.print_exc()
          print_exc(file=sys.stdout)
          traceback.print_exception(e)
          traceback.print_exc(file=io.StringIO())
          x = traceback.format_exc()
        `,
      after: lines`
          import io, traceback, sys
          from traceback import print_exc
          _katib_push(traceback.print_exc)()
          _katib_push(print_exc)(file=sys.stdout)
          _katib_push(traceback.print_exception)(e)
          traceback.print_exc(file=io.StringIO())
          x = traceback.format_exc()
        `,
    },
    {
      name: 'warnings that are no output',
      before: 'import warnings\nwarnings.filterwarnings("ignore")\nparser.warn_explicit(1)',
    },
  ],
  'progress bars and consoles': [
    {
      name: 'tqdm',
      before: lines`
        from tqdm import tqdm
        tqdm.write(x)
        bar.set_postfix(loss=l)
        bar.set_description(f"a={b}")
      `,
      after: lines`
          from tqdm import tqdm
          _katib_push(tqdm.write)(x)
          _katib_push(bar.set_postfix)(loss=l)
          _katib_push(bar.set_description)(f"a={b}")
        `,
    },
    {
      name: 'a bar that writes',
      before: 'from tqdm import trange\nb = trange(3)\nb.write(x)',
      after: 'from tqdm import trange\nb = trange(3)\n_katib_push(b.write)(x)',
    },
    {
      name: 'click and Typer',
      before: 'import click, typer as t\nfrom click import secho as s\nclick.echo(x); t.echo(y); s(z)',
      after:
        'import click, typer as t\nfrom click import secho as s\n_katib_push(click.echo)(x); _katib_push(t.echo)(y); _katib_push(s)(z)',
    },
    {
      name: 'rich',
      before: lines`
          from rich import print
          from rich.console import Console
          c = Console()
          print(x); c.print(y); c.log(z)
        `,
      after: lines`
          from rich import print
          from rich.console import Console
          c = Console()
          _katib_push(print)(x); _katib_push(c.print)(y); _katib_push(c.log)(z)
        `,
    },
    {
      name: 'a method called print',
      before: 'accelerator.print(x)\nself.print(y)',
      after: '_katib_push(accelerator.print)(x)\n_katib_push(self.print)(y)',
    },
    {
      name: 'pprint',
      before: 'from pprint import pprint\npprint(x)',
      after: 'from pprint import pprint\n_katib_push(pprint)(x)',
    },
    {
      name: 'a bar that shows a metric from its beginning',
      before: lines`
          from tqdm import tqdm, trange as r
          import tqdm as t
          for i in tqdm(xs, desc=f"loss={x}"): pass
          r(3, postfix={"loss": x}); t.tqdm(xs, desc=d)
        `,
      after: lines`
          from tqdm import tqdm, trange as r
          import tqdm as t
          for i in _katib_push(tqdm)(xs, desc=f"loss={x}"): pass
          _katib_push(r)(3, postfix={"loss": x}); _katib_push(t.tqdm)(xs, desc=d)
        `,
    },
    {
      name: 'a bar that draws itself later',
      before: 'from tqdm import tqdm\nb = tqdm(xs)\nb.set_postfix(loss=l, refresh=False)',
      after:
        'from tqdm import tqdm\nb = _katib_push(tqdm)(xs)\n_katib_push(b.set_postfix)(loss=l, refresh=False)',
    },
    {
      name: 'a bar without a text',
      before: lines`
        from tqdm import tqdm, trange
        for i in tqdm(trange(3), total=3): pass
        tqdm = 3
        desc = tqdm
      `,
    },
    { name: 'other echoes', before: 'server.echo(x)\npprint(y)\nst.write(z)' },
    {
      name: 'what writes later',
      before: 'import jax, tensorflow as tf\njax.debug.print("{}", x)\ntf.print(y)',
    },
    { name: 'a method print that is set', before: 'x.print = f\ndel x.print' },
  ],
  'compiled code': [
    {
      name: 'numba',
      before: lines`
          import numba as nb
          from numba import njit, cuda
          @njit
          def f(): print(1)
          @nb.jit(nopython=True)
          def g():
              def h(): print(2)
          @cuda.jit
          def k(): print(3)
        `,
    },
    {
      name: 'torch, TensorFlow, triton',
      before: lines`
          import torch, triton
          import tensorflow as tf
          @torch.jit.script
          def f(): print(1)
          @tf.function(jit_compile=True)
          def g(): print(2)
          @triton.jit
          def h(): print(3)
          class M:
              @torch.compile
              def forward(self): print(4)
        `,
    },
    {
      name: 'jax through partial',
      before: lines`
          from functools import partial
          import jax
          @partial(jax.jit, static_argnums=0)
          def f(x): print(x)
          jax.jit(lambda x: print(x))
        `,
    },
    {
      name: 'by name',
      before: lines`
          import torch
          import numba
          def step(x): print(x)
          fast = torch.jit.script(step)
          def s2(x): print(x)
          g = numba.njit(parallel=True)(s2)
        `,
    },
    {
      name: 'a model',
      before: lines`
          import torch
          class Net:
              def forward(self, x): print(x)
          net = Net()
          net = torch.compile(net)
        `,
    },
    {
      name: 'a function beside it',
      before: lines`
        import torch
        @torch.jit.script
        def f(): pass
        def g(): print(1)
      `,
      after: lines`
        import torch
        @torch.jit.script
        def f(): pass
        def g(): _katib_push(print)(1)
      `,
    },
    {
      name: 'another decorator',
      before: lines`
        import torch, re
        @torch.no_grad()
        def f(): print(1)
        p = re.compile("x")
      `,
      after: lines`
        import torch, re
        @torch.no_grad()
        def f(): _katib_push(print)(1)
        p = re.compile("x")
      `,
    },
  ],
  suppressions: [
    { name: 'at the end', before: 'print(x)  # katib-push: ignore it is a secret' },
    { name: 'on the line above', before: '# katib-push: ignore\nprint(x)' },
    { name: 'on the last of several lines', before: 'print(\n  x,\n)  # katib-push: ignore long' },
    { name: 'on any of several lines', before: 'print(\n  x,  # katib-push: ignore\n)' },
    {
      name: 'two lines above',
      before: '# katib-push: ignore\n\nprint(x)',
      after: '# katib-push: ignore\n\n_katib_push(print)(x)',
    },
    {
      name: 'at the end of the line above',
      before: 'y = 1  # katib-push: ignore\nprint(x)',
      after: 'y = 1  # katib-push: ignore\n_katib_push(print)(x)',
    },
    {
      name: 'in a string',
      before: 'print("# katib-push: ignore")',
      after: '_katib_push(print)("# katib-push: ignore")',
    },
  ],
};
