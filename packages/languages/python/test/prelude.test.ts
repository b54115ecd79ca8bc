import { spawnSync } from 'node:child_process';
import type { Delivery, Prelude } from '@katib-push/core';
import { describe, expect, test } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { withDocument } from './python.ts';

const PRELUDE = `_katib_push=lambda f,*_:f; exec("try:exec(__import__('os').environ['KATIB_PUSH_PYTHON'],{'katib_push_into':(globals(),'_katib_push')})%cexcept Exception:pass"%10)`;

function preludeOf(text: string, delivery: Delivery = { kind: 'env' }, clientName = '_katib_push'): Prelude {
  return withDocument(text, (document) => {
    const firstUse = document.statements()[0]?.callee.from ?? text.length;
    return document.prelude({ clientName, firstUse, delivery });
  });
}

/** The text with `<P>` where the prelude goes, and a line more if it adds one. */
function placed(text: string): string {
  const prelude = preludeOf(text);
  if ('impossible' in prelude) return prelude.impossible;
  const { edit, addsLine } = prelude;
  const inserted = text.slice(0, edit.from) + edit.insert.replace(PRELUDE, '<P>') + text.slice(edit.to);
  expect(addsLine).toBe(inserted.split('\n').length > text.split('\n').length);
  return inserted;
}

describe('the place of the prelude', () => {
  test.each([
    ['a docstring', '"""Doc."""\nprint(1)', '"""Doc."""; <P>\nprint(1)'],
    [
      'a docstring over lines, with a comment',
      lines`
        '''Doc

        '''  # c
        print(1)
      `,
      lines`
        '''Doc

        '''; <P>  # c
        print(1)
      `,
    ],
    ['a docstring and more on its line', '"d"; import os\nprint(1)', '"d"; <P>; import os\nprint(1)'],
    ['a docstring in brackets', '("a"\n "b")\nprint(1)', '("a"\n "b"); <P>\nprint(1)'],
    ['an f-string is no docstring', 'f"a"\nprint(1)', '<P>; f"a"\nprint(1)'],
    ['bytes are no docstring', 'b"a"\nprint(1)', '<P>; b"a"\nprint(1)'],
    [
      'a future import',
      'from __future__ import annotations\n\nprint(1)',
      'from __future__ import annotations; <P>\n\nprint(1)',
    ],
    [
      'the last future import',
      lines`
        "d"
        from __future__ import a

        # c
        from __future__ import (
          b,
        )  # c
        print(1)
      `,
      lines`
        "d"
        from __future__ import a

        # c
        from __future__ import (
          b,
        ); <P>  # c
        print(1)
      `,
    ],
    [
      'a semicolon at its end',
      'from __future__ import a;\nprint(1)',
      'from __future__ import a; <P>;\nprint(1)',
    ],
    ['a statement of one character', '1\n\nprint(1)', '1\n<P>\nprint(1)'],
    ['a name of one character', 'x\r\n\r\nprint(1)', 'x\r\n<P>\r\nprint(1)'],
    ['a blank line at the start', '\nprint(1)', '<P>\nprint(1)'],
    ['a line of spaces', 'import a\n  \t\nprint(1)', 'import a\n<P>  \t\nprint(1)'],
    ['a form feed', 'import a\n\f\nprint(1)', 'import a\n<P>\f\nprint(1)'],
    [
      'a blank line after a function',
      lines`
        def f():
            a

            b

        print(1)
      `,
      lines`
        def f():
            a

            b
        <P>
        print(1)
      `,
    ],
    [
      'a blank line in a function only',
      lines`
        def f():
            a

            print(1)

      `,
      lines`
        <P>⏎def f():
            a

            print(1)

      `,
    ],
    [
      'a blank line in a string only',
      lines`
      x = """

      """
      print(1)
    `,
      lines`
      <P>; x = """

      """
      print(1)
    `,
    ],
    [
      'a blank line in brackets only',
      lines`
      x = (

      )
      print(1)
    `,
      lines`
      <P>; x = (

      )
      print(1)
    `,
    ],
    [
      'a blank line between if and else only',
      lines`
        if a:
            b

        else:
            print(1)
      `,
      lines`
        <P>⏎if a:
            b

        else:
            print(1)
      `,
    ],
    [
      'a blank line too late',
      lines`
      import a
      print(1)


    `,
      lines`
      <P>; import a
      print(1)


    `,
    ],
    ['a blank line behind a line continuation', 'x = 1 \\\n\nprint(1)', '<P>; x = 1 \\\n\nprint(1)'],
    ['a comment', '# c\nprint(1)', '<P>  # c\nprint(1)'],
    ['a comment and a blank line', '# c\n\nprint(1)', '# c\n<P>\nprint(1)'],
    [
      'an indented comment',
      lines`
      if a:
          b
          # c
      print(1)
    `,
      lines`
      if a:
          b
          # c
      <P>; print(1)
    `,
    ],
    ['a shebang', '#!/usr/bin/python\nimport a\nprint(1)', '#!/usr/bin/python\n<P>; import a\nprint(1)'],
    [
      'a coding line',
      '# -*- coding: latin-1 -*-\n# c\nprint(1)',
      '# -*- coding: latin-1 -*-\n<P>  # c\nprint(1)',
    ],
    ['a coding line after a blank one', '\n# coding=utf-8\nprint(1)', '\n# coding=utf-8\n<P>; print(1)'],
    [
      'a coding line in line 3 is none',
      '\n# a\n# coding: x\nprint(1)',
      lines`
      <P>
      # a
      # coding: x
      print(1)
    `,
    ],
    [
      'directives',
      lines`
        # type: ignore
        # pylint: disable=all
        # katib-push: ignore
        print(1)
        print(2)
      `,
      lines`
        # type: ignore
        # pylint: disable=all
        # katib-push: ignore
        <P>; print(1)
        print(2)
      `,
    ],
    [
      'inline metadata (PEP 723)',
      lines`
        # /// script
        # dependencies = []
        #
        # ///
        print(1)
      `,
      lines`
        # /// script
        # dependencies = []
        #
        # ///
        <P>; print(1)
      `,
    ],
    ['a cell mark', '# %%\nprint(1)', '<P>  # %%\nprint(1)'],
    ['the use itself', 'print(1)', '<P>; print(1)'],
    [
      'a simple statement behind a compound one',
      lines`
        def f():
          pass
        import a
        print(1)
      `,
      lines`
        def f():
          pass
        <P>; import a
        print(1)
      `,
    ],
    [
      'a simple statement behind the use',
      'for i in x:\n    print(i)\na = 1',
      '<P>⏎for i in x:\n    print(i)\na = 1',
    ],
    [
      'a blank line behind the function that holds the use',
      lines`
        def f():
            print(1)

        f()
      `,
      lines`
        def f():
            print(1)
        <P>
        f()
      `,
    ],
    [
      'the call of the function that holds the use',
      lines`
        def f():
            print(1)
        def g(x):
            print(x)
        f()
      `,
      lines`
        def f():
            print(1)
        def g(x):
            print(x)
        <P>; f()
      `,
    ],
    [
      'a blank line at the end of a file of functions',
      lines`
        def f():
            print(1)
        def g():
            print(2)

        # end

      `,
      lines`
        <P>⏎def f():
            print(1)
        def g():
            print(2)

        # end

      `,
    ],
    [
      'a function behind it runs something as it is defined',
      lines`
        def f():
            print(1)
        def g(x=f()):
            print(x)

        g()
      `,
      lines`
        <P>⏎def f():
            print(1)
        def g(x=f()):
            print(x)

        g()
      `,
    ],
    [
      'a class behind it runs its body',
      lines`
        def f():
            print(1)
        class C:
            f()

        C()
      `,
      lines`
        <P>⏎def f():
            print(1)
        class C:
            f()

        C()
      `,
    ],
    [
      'the use in a default',
      lines`
      def f(p=print(1)):
          p

      f()
    `,
      lines`
      <P>⏎def f(p=print(1)):
          p

      f()
    `,
    ],
    ['a decorator', '@a\ndef f(): print(1)', '<P>⏎@a\ndef f(): print(1)'],
    [
      'annotations, defaults and decorators that run nothing of the script',
      lines`
        @torch.no_grad()
        def f(a: int, b: Dict[str, float] = None, *c: "x", d=-1, e=(1, [])) -> np.ndarray:
            print(a)

        f()
      `,
      lines`
        @torch.no_grad()
        def f(a: int, b: Dict[str, float] = None, *c: "x", d=-1, e=(1, [])) -> np.ndarray:
            print(a)
        <P>
        f()
      `,
    ],
    [
      'definitions behind it that run nothing',
      lines`
        def f():
            print(1)
        import_ = 3
        class C(Base):
            """d"""
            x: int = 1
            @property
            def y(self): return f()

        f()
      `,
      lines`
        def f():
            print(1)
        import_ = 3
        class C(Base):
            """d"""
            x: int = 1
            @property
            def y(self): return f()
        <P>
        f()
      `,
    ],
    [
      "a decorator of the script's own behind it",
      lines`
        def f(g):
            print(1)
        @f
        def h(): pass

        h()
      `,
      lines`
        <P>⏎def f(g):
            print(1)
        @f
        def h(): pass

        h()
      `,
    ],
    [
      'a metaclass of the script',
      lines`
        class M(type):
            def __init__(self, *a): print(1)
        class C(metaclass=M): pass

        C()
      `,
      lines`
        <P>⏎class M(type):
            def __init__(self, *a): print(1)
        class C(metaclass=M): pass

        C()
      `,
    ],
    [
      'a sink in a default behind it',
      lines`
        def f():
            print(1)
        def h(log=print): pass

        h()
      `,
      lines`
        <P>⏎def f():
            print(1)
        def h(log=print): pass

        h()
      `,
    ],
    [
      'a call in an annotation behind it',
      lines`
        def f():
            print(1)
        def h(x: f()): pass

        h()
      `,
      lines`
        <P>⏎def f():
            print(1)
        def h(x: f()): pass

        h()
      `,
    ],
    [
      'a use in the body of a class',
      lines`
        class C:
            print(1)
            def f(self): pass

        C()
      `,
      lines`
        <P>⏎class C:
            print(1)
            def f(self): pass

        C()
      `,
    ],
    [
      'a directive before a definition',
      lines`
        # flake8: noqa
        def f():
            print(1)
        if x:
            f()
      `,
      lines`
        <P>  # flake8: noqa
        def f():
            print(1)
        if x:
            f()
      `,
    ],
    [
      'a shebang before a definition',
      '#!/usr/bin/python\nfor i in x:\n    print(1)',
      '#!/usr/bin/python\n<P>⏎for i in x:\n    print(1)',
    ],
    ['a BOM', '\uFEFFprint(1)', '\uFEFF<P>; print(1)'],
    ['a BOM and a blank line', '\uFEFF\nprint(1)', '\uFEFF<P>\nprint(1)'],
    ['CRLF', 'import a\r\n\r\nprint(1)\r\n', 'import a\r\n<P>\r\nprint(1)\r\n'],
    ['CRLF and a line of its own', 'if a:\r\n\tprint(1)', '<P>⏎if a:\r\n\tprint(1)'],
    ['no statement', '# nothing', 'the text holds no statement'],
  ])('%s', (_, text, expected) => {
    expect(placed(text)).toBe(expected.replace('⏎', text.includes('\r\n') ? '\r\n' : '\n'));
  });
});

/** Runs a prelude in CPython, and what follows. */
function runPrelude(delivery: Delivery, rest: string, env: Record<string, string> = {}): string {
  const prelude = preludeOf('print(1)', delivery);
  if ('impossible' in prelude) throw new Error(prelude.impossible);
  const { status, stdout, stderr } = spawnSync('python3', ['-I', '-c', `${prelude.edit.insert}${rest}`], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  return status === 0 ? stdout.trimEnd() : stderr;
}

describe('what the prelude does', () => {
  const client = lines`
    # é "quoted" \ '😀
    names, name, *more = katib_push_into
    names[name] = lambda f, *_: (name, more, f)

  `;
  const use = 'print(_katib_push("callee", 1))';

  test('with the client in the environment', () => {
    expect(runPrelude({ kind: 'env' }, use, { KATIB_PUSH_PYTHON: client })).toBe(
      "('_katib_push', [], 'callee')",
    );
  });

  test('with the client in the script', () => {
    const settings = JSON.stringify({ a: [1, null, true, 'é"\'\n'], 'b\u2028': { c: 1.5 } });
    expect(
      runPrelude(
        { kind: 'inline', source: client, settings },
        `print(_katib_push("f")[1] == [{"a": [1, None, True, "\\xe9\\"'\\n"], "b\\u2028": {"c": 1.5}}])`,
      ),
    ).toBe('True');
  });

  test('with one stream only', () => {
    const text = withDocument('print(1)', (document) =>
      document.prelude({
        clientName: '_katib_push',
        firstUse: 0,
        delivery: { kind: 'image' },
        streams: ['stdout'],
      }),
    );
    expect(text).toMatchObject({
      edit: { insert: expect.stringContaining(`.bind(globals(),'_katib_push',{'streams':['stdout']})`) },
    });
  });

  test.each([
    ['absent', {}],
    ['damaged', { KATIB_PUSH_PYTHON: 'def (' }],
    ['failing', { KATIB_PUSH_PYTHON: 'raise ValueError' }],
  ])('with the client %s, the callee is what is called', (_, env: Record<string, string>) => {
    expect(runPrelude({ kind: 'env' }, use, env)).toBe('callee');
    expect(runPrelude({ kind: 'image' }, use)).toBe('callee');
    expect(runPrelude({ kind: 'inline', source: env.KATIB_PUSH_PYTHON ?? '1/0', settings: '{}' }, use)).toBe(
      'callee',
    );
  });

  test('of an image without the module, a trial says so in one line', () => {
    const prelude = preludeOf('x = 1', { kind: 'image' });
    const insert = 'impossible' in prelude ? '' : prelude.edit.insert;
    const told = (env: Record<string, string>) =>
      spawnSync('python3', ['-I', '-c', `${insert}\nprint(1)`], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH ?? '', ...env },
      });
    expect(told({ KATIB_PUSH_CONFIG: '{}' })).toMatchObject({
      status: 0,
      stdout: '1\n',
      stderr: 'katib-push: the image has no module katib_push: nothing is pushed\n',
    });
    expect(told({})).toMatchObject({ status: 0, stdout: '1\n', stderr: '' });
  });

  test('one line in ASCII, one name bound', () => {
    for (const delivery of [
      { kind: 'env' },
      { kind: 'image' },
      { kind: 'inline', source: client, settings: '{"é": "\\n"}' },
    ] as const) {
      const prelude = preludeOf('x = 1', delivery, '_katib_push_3');
      const insert = 'impossible' in prelude ? '' : prelude.edit.insert;
      expect(insert).toMatch(/^[\x20-\x7E]+$/);
      expect(insert).toContain('_katib_push_3=lambda f,*_:f; exec(');
      expect(runPrelude(delivery, 'print(sorted(n for n in globals() if n[:2] != "__"))')).toBe(
        "['_katib_push']",
      );
    }
  });
});
