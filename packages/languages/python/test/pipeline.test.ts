import { describe, expect, test } from 'vitest';
import { describePipeline } from '../../../../test/languages/describe-pipeline.ts';
import { lines } from '../../../../test/lines.ts';
import { python, rewrite } from './python.ts';
import { REWRITES } from './rewrites.ts';

// of a program itself, logs that nobody configures would not count
const rewriteWhole = describePipeline({ language: python, name: 'train.py', role: 'module' }, REWRITES, {
  // constants are never wanted: make them count
  counting: (text) => text.replaceAll(/\((["']?)\w\1\)/g, '(f"{a}={b}")'),
  allowed: (text) => (/\bprint\(\)|\("/.test(text) ? undefined : [text, rewrite(text, 'env')]),
});

test('a script is rewritten where it prints a metric', () => {
  const text = lines`
    for e in range(3):

        print("start")
        print(f"loss={1 / (e + 1)}")

  `;
  expect(rewriteWhole(text).after.split('\n').at(-2)).toBe('    _katib_push(print)(f"loss={1 / (e + 1)}")');
});

describe('what is wrapped is still what it was to the statements around it', () => {
  const bar = lines`
    from tqdm import tqdm, trange
    from tqdm import tqdm as t
    import tqdm as m
    loss = 1.0

  `;
  test.each([
    ['a bar, its loop', 'for step in tqdm(range(3), desc=f"on {x}"):\n    print("step", step)'],
    ['a bar by another name', 'for step in t(range(3), desc=f"on {x}"):\n    print("step", step)'],
    ['a bar of a module', 'for step in m.tqdm(range(3), desc=f"on {x}"):\n    print("step", step)'],
    ['a bar with a range of its own', 'for step in trange(3, desc=f"on {x}"):\n    print("step", step)'],
    ['a bar in a bar', 'for a, b in enumerate(tqdm(range(3), desc=f"on {x}")):\n    print("step", a, b)'],
    ['a bar around enumerate', 'for a, b in tqdm(enumerate(xs), desc=f"on {x}"):\n    print("step", a)'],
    ['a bar that writes', 'bar = tqdm(total=3, desc=f"on {x}")\nbar.write(f"{a}={b}")\nbar.write("done")'],
    [
      'a bar that is entered',
      'with tqdm(range(3), desc=f"on {x}") as b:\n    for i in b:\n        b.write(f"{i}")',
    ],
    [
      'a bar of an object',
      lines`
        class A:
          def f(self):
            self.bar = tqdm(xs, desc=f"{x}")
            self.bar.write("a")
            self.log = print
            self.log("a", x)
      `,
    ],
    ['a bar in brackets', 'for i in (tqdm(range(3), desc=f"{x}")):\n    print("step", i)'],
    [
      'a function of a stream',
      lines`
      import sys
      w = sys.stdout.write
      w(f"{a}={b}")
      n = w
      print("n", n)
    `,
    ],
    [
      'a method of a logger',
      lines`
        import logging
        say = logging.getLogger("a").info
        say("a %s", a)
        print("step", len(str(say)))
      `,
    ],
    [
      'print under another name',
      lines`
      import builtins
      say = print
      say("step", 1)
      say(f"{a}={b}")
      print(say)
    `,
    ],
    [
      'a default',
      lines`
      def f(say=print):
          say("step", 1)
          print(f"{a}={b}")
      f()
    `,
    ],
    [
      'a partial',
      lines`
        from functools import partial
        say = partial(print, flush=True)
        say("a", 1)
        say(f"{a}={b}")
      `,
    ],
    [
      'what is done with a result',
      lines`
        import sys
        n = sys.stdout.write(f"{a}={b}")
        print("n", n)
        print(f"loss {n}")
      `,
    ],
  ])('%s', (_what, text) => {
    const { after, faults } = rewriteWhole(`${bar}${text}\nprint(f"loss={loss}")\n`);
    expect(faults).toEqual([]);
    expect(after).toContain('_katib_push(print)(f"loss={loss}")');
    expect(rewriteWhole(after).after).toBe(after);
  });
});
