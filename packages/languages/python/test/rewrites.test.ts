import { describe, expect, test } from 'vitest';
import { describeRewrites } from '../../../../test/languages/describe-rewrites.ts';
import { lines } from '../../../../test/lines.ts';
import { lastTemplate, questions, rewrite, showStatements, showTemplate, withDocument } from './python.ts';
import { compareAll } from './python3.ts';
import { REWRITES } from './rewrites.ts';

describeRewrites(REWRITES, questions);

/** The same text with other line ends, with a BOM, and with tabs. */
const VARIANTS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'with a BOM': (text) => `\uFEFF${text}`,
  'with tabs': (text) => text.replaceAll('    ', '\t'),
  'after a docstring': (text) => `"""Doc."""\n${text}`,
  'after a future import': (text) => `from __future__ import annotations\n${text}`,
  'with a blank line': (text) => `#!/usr/bin/env python\n\n${text}\n`,
  'after an import': (text) => `import os\n${text}\n`,
};

describe('CPython sees the same program', () => {
  const all = Object.values(REWRITES).flat();
  // what no Python accepts, the grammar may
  const before = all.map((each) => each.before).filter((text) => !/global print/.test(text));
  test.each(Object.entries(VARIANTS))('%s', (_, vary) => {
    const pairs = before.map((text) => [vary(text), rewrite(vary(text), 'env')] as const);
    for (const [index, { sameTree, sameLines, sameDoc, error }] of compareAll(
      pairs.map(([a, b]) => [a.replace(/^\uFEFF/, ''), b.replace(/^\uFEFF/, '')]),
    ).entries()) {
      const [, after] = pairs[index] as readonly [string, string];
      const addsLine = after.split('\n').length > (pairs[index]?.[0] ?? '').split('\n').length;
      expect({ after, sameTree, sameDoc, error }).toEqual({
        after,
        sameTree: true,
        sameDoc: true,
        error: undefined,
      });
      expect({ after, sameLines: sameLines || addsLine }).toEqual({ after, sameLines: true });
    }
  });
});

describe('what is said of a statement', () => {
  test.each([
    ['print(1)', ['print(1) [print]']],
    ['log = print', ['print [print, value]']],
    ['self.out.log.info("x")', ['self.out.log.info("x") [logger.info]']],
    ['print(1)  # katib-push: ignore why', ['print(1) [print, suppressed: why]']],
    [
      'import jax\njax.debug.print("x")',
      ['jax.debug.print("x") [*.print, cannot: jax.debug.print writes later, from a callback]'],
    ],
    [
      'from numba import njit\n@njit\ndef f(): print(1)',
      ['print(1) [print, never: body of a function compiled by numba.njit]'],
    ],
    [
      lines`
      import sys
      f(sys.stdout)
      g = open("a")
      g.write(x)
      h().write(x)
    `,
      [],
    ],
    // the client reads what replaces a stream
    [
      lines`
        import os, sys
        sys.stdout = os.fdopen(1, "w")
        print(1)
        sys.stdout.write(x)
      `,
      ['print(1) [print]', 'sys.stdout.write(x) [sys.stdout.write]'],
    ],
    ['f"{print(1)=}"', ['print(1) [print, never: its own source is part of the text: {…=}]']],
    [
      '_katib_push=lambda f,*_:f; exec("")\n_katib_push(print)(1)\nx = _katib_push(print,1)',
      ['_katib_push(print)(1) [print, wrapped]', '_katib_push(print,1) [print, value, wrapped]'],
    ],
    [
      '_katib_push=lambda f,*_:f; exec("")\nprint("l", *_katib_push(logger.info)(x))',
      [
        'print("l", *_katib_push(logger.info)(x)) [print]',
        '*_katib_push(logger.info)(x) [logger.info, wrapped]',
      ],
    ],
    // somebody else's function of that name
    ['_katib_push(print)', ['print [print, value]']],
  ])('%s', (text, shown) => {
    expect(showStatements(text)).toEqual(shown);
  });
});

describe('the stream that a statement writes to', () => {
  test.each([
    ['print(1)', 'stdout'],
    ['import sys\nprint(1, file=sys.stderr)', 'stderr'],
    ['from sys import stderr as e\nprint(1, file=e)', 'stderr'],
    ['print(1, file=out)', undefined],
    ['print(1, **options)', undefined],
    ['log = print', undefined],
    ['import sys\nsys.stderr.write("x")', 'stderr'],
    ['import sys\nw = sys.stdout.write', 'stdout'],
    ['logger.info("x")', undefined],
    ['import click\nclick.echo(1)', 'stdout'],
    ['import click\nclick.echo(1, err=True)', undefined],
    ['bar.set_postfix(a=1)', undefined],
  ])('%s', (text, stream) => {
    expect(withDocument(text, (document) => document.statements()[0]?.stream)).toBe(stream);
  });
});

describe('what sinks make of their arguments', () => {
  test.each([
    ['bar.set_postfix({"b": x}, a=f"{y:.2f} ", refresh=False)', 'b=‹x:unknown›, a=‹y:number› '],
    ['bar.set_postfix(dict(loss=l))', 'loss=‹l:unknown›'],
    ['bar.set_postfix(**logs)', '‹…:unknown›'],
    ['bar.set_postfix_str(f"acc={a}")', 'acc=‹a:unknown›'],
    ['from rich import print\nprint("[bold red]loss[/]=", l)', 'loss= ‹l:unknown›\n'],
    ['import click\nclick.echo(f"a={b}", nl=False)', 'a=‹b:unknown›'],
    ['from pprint import pprint\npprint("a")', "'a'\n"],
    ['from loguru import logger\nlogger.info("a={:.2f} {b}", x, b=y)', 'a=‹x:number› ‹y:unknown›\n'],
    ['from loguru import logger\nlogger.info("a={}")', 'a={}\n'],
    [
      'import structlog\nlog = structlog.get_logger()\nlog.info("epoch", loss=l, acc=1)',
      'epoch acc=1 loss=‹l:unknown›\n',
    ],
    ['logger.info("a", exc_info=True)', 'a\n‹the exception:unknown›\n'],
    ['logger.info("a", exc_info=False)', 'a\n'],
    ['logger.exception("a")', 'a\n‹the exception:unknown›\n'],
    ['from loguru import logger\nlogger.opt(exception=True).info("a")', 'a\n‹the exception:unknown›\n'],
    ['import warnings\nwarnings.warn(f"a={b:.2f}")', 'a=‹b:number›\n'],
    ['import warnings\nwarnings.warn(category=W, message="a")', 'a\n'],
    ['import traceback\ntraceback.print_exc()', 'Traceback ‹the exception:unknown›\n'],
    ['getattr(logger, level)("a=%d", x)', 'a=‹x:integer›\n'],
    ['getattr(logger, "log")(20, "a=%d", x)', 'a=‹x:integer›\n'],
    [
      'from tqdm import tqdm\ntqdm(xs, desc=f"loss={x:.2f}", postfix={"a": 1})',
      'loss=‹x:number›: a=‹1:number›\n',
    ],
    [
      'from tqdm import tqdm\nb.set_postfix(refresh=False)\ntqdm(xs, desc="a")',
      'a: ‹what is set later:string›\n',
    ],
    [
      'import logging\nlogging.basicConfig(format="%(asctime)s accuracy=%(message)s")\nlogging.info("0.5")',
      '‹the format:unknown›0.5\n',
    ],
    [
      'import logging\nlogging.Formatter("{name}={message}", style="{")\nlogging.info("0.5")',
      '‹the format:unknown›0.5\n',
    ],
    [
      'import logging\nclass A(logging.LoggerAdapter): pass\nlogging.info("0.5")',
      '‹the format:unknown›0.5\n',
    ],
    [
      'import logging\nlogging.basicConfig(format="%(asctime)s - PID:%(process)d [%(name)s] - %(levelname)8s: %(message)s")\nlogging.info("0.5")',
      '0.5\n',
    ],
    ['x = "a=%(message)s" % d\nlogging.info("%(message)s")', '‹the format:unknown›%(message)s\n'],
    ['logger.log(level, "a=%d", x)', 'a=‹x:integer›\n'],
    ['from absl import logging\nlogging.log_every_n(logging.INFO, "a=%d", 10, x)', 'a=‹x:integer›\n'],
    ['from absl import logging\nlogging.vlog(1, "a=%d", x)', 'a=‹x:integer›\n'],
    ['logger.info(msg, *args)', '‹msg:unknown›\n'],
    ['from tqdm import tqdm\ntqdm.write("a", end="")', 'a'],
    ['self.print("a=", b)', 'a= ‹b:unknown›\n'],
  ])('%s', (text, shown) => {
    expect(showTemplate(lastTemplate(text))).toBe(shown);
  });
});
