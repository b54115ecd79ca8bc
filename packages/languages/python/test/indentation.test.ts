import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { withDocument } from './python.ts';

const broken = [
  'if x:\n    a()\n  b()\n',
  'def f():\n        a()\n    b()\n',
  '  print(1)\n',
  'a()\n  b()\n',
  'for x in y:\n    if x:\n        a()\n      b()\n',
  'if x:\n\ta()\n    b()\n',
  'if x:\na()\n',
  'while x:  # a comment\n# another\na()\n',
  'for x in y:\n    a()\n  else:\n    b()\n',
];

const sound = [
  'if x:\n    a()\nb()\n',
  'f(a,\n      b,\n   c)\nd()\n',
  'x = """\n   a\n b\n"""\ny()\n',
  'if x:\n    a()\n  # a comment anywhere\nb()\n',
  'if x:\n    a()\n\n  \nb()\n',
  'x = a + \\\n      b\nc()\n',
  'x = {\n    1: [\n2,\n   3],\n  }\n',
  'class A:\n  def f(self):\n      a()\n  def g(self):\n    b()\n',
  'if x:\n\ta()\n\tb()\n',
  '\uFEFFif x:\n  a()\n',
  'if x:\r\n  a()\r\nb()\r\n',
  'if x: a()\nelse:\n  b()\n',
  'x = [i for i in y\n       if i]\n',
  'if x:\n    f(a,\n  b,\n        c)\n    a()\n',
  'def f():\n    """A:\n  b\n c:\n    """\n    x = [\n1,\n  2,\n ]\n\n# c\n    return x\n',
  'y = {"a":\n1}\nz = y["a":\n  ]\n',
  'if x and \\\n        y:\n    a()\n',
  'try:\n    a\nexcept E:\n    b\nfinally:\n    c\nwhile x:  # c\n  # d\n\n    y\n',
  'f(lambda:\n0)\n',
  'if x:  # a (\n    a()\n',
  'class A:\n    @p(\n            [  # as before:\n             a,\n             b])\n    def f(self):\n        c\n        d\n',
  'if f({1:\n            2}):\n        body\n',
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
