import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { withDocument } from './python.ts';

const broken = [
  lines`
    if x:
        a()
      b()

  `,
  lines`
    def f():
            a()
        b()

  `,
  '  print(1)\n',
  'a()\n  b()\n',
  lines`
    for x in y:
        if x:
            a()
          b()

  `,
  'if x:\n\ta()\n    b()\n',
  'if x:\na()\n',
  lines`
    while x:  # a comment
    # another
    a()

  `,
  lines`
    for x in y:
        a()
      else:
        b()

  `,
];

const sound = [
  lines`
    if x:
        a()
    b()

  `,
  lines`
    f(a,
          b,
       c)
    d()

  `,
  lines`
    x = """
       a
     b
    """
    y()

  `,
  lines`
    if x:
        a()
      # a comment anywhere
    b()

  `,
  lines`
    if x:
        a()

      
    b()

  `,
  lines`
    x = a + \
          b
    c()

  `,
  lines`
    x = {
        1: [
    2,
       3],
      }

  `,
  lines`
    class A:
      def f(self):
          a()
      def g(self):
        b()

  `,
  'if x:\n\ta()\n\tb()\n',
  '\uFEFFif x:\n  a()\n',
  'if x:\r\n  a()\r\nb()\r\n',
  lines`
    if x: a()
    else:
      b()

  `,
  'x = [i for i in y\n       if i]\n',
  lines`
    if x:
        f(a,
      b,
            c)
        a()

  `,
  lines`
    def f():
        """A:
      b
     c:
        """
        x = [
    1,
      2,
     ]

    # c
        return x

  `,
  lines`
    y = {"a":
    1}
    z = y["a":
      ]

  `,
  lines`
    if x and \
            y:
        a()

  `,
  lines`
    try:
        a
    except E:
        b
    finally:
        c
    while x:  # c
      # d

        y

  `,
  'f(lambda:\n0)\n',
  'if x:  # a (\n    a()\n',
  lines`
    class A:
        @p(
                [  # as before:
                 a,
                 b])
        def f(self):
            c
            d

  `,
  lines`
    if f({1:
                2}):
            body

  `,
];

function compiles(text: string): boolean {
  const input = Buffer.from(text);
  return (
    spawnSync('python3', ['-c', 'import sys; compile(sys.stdin.buffer.read(), "x", "exec")'], { input })
      .status === 0
  );
}

describe('indentation', () => {
  test.each(broken)('is wrong in %j', (text) => {
    expect(compiles(text)).toBe(false);
    withDocument(text, ({ problem }) => expect(problem?.code).toBe('syntax-error'));
  });

  test.each(sound)('is right in %j', (text) => {
    expect(compiles(text)).toBe(true);
    withDocument(text, ({ problem }) => expect(problem).toBeUndefined());
  });
});
