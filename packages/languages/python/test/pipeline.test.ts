import { describe, expect, test } from 'vitest';
import { describePipeline } from '../../../../test/languages/describe-pipeline.ts';
import { python, rewrite } from './python.ts';
import { REWRITES } from './rewrites.ts';

// of a program itself, logs that nobody configures would not count
const rewriteWhole = describePipeline({ language: python, name: 'train.py', role: 'module' }, REWRITES, {
  // constants are never wanted: make them count
  counting: (text) => text.replaceAll(/\((["']?)\w\1\)/g, '(f"{a}={b}")'),
  allowed: (text) => (/\bprint\(\)|\("/.test(text) ? undefined : [text, rewrite(text, 'env')]),
});

test('a script is rewritten where it prints a metric', () => {
  const text = 'for e in range(3):\n\n    print("start")\n    print(f"loss={1 / (e + 1)}")\n';
  expect(rewriteWhole(text).after.split('\n').at(-2)).toBe('    _katib_push(print)(f"loss={1 / (e + 1)}")');
});

describe('what is wrapped is still what it was to the statements around it', () => {
  const bar = 'from tqdm import tqdm, trange\nfrom tqdm import tqdm as t\nimport tqdm as m\nloss = 1.0\n';
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
      'class A:\n  def f(self):\n    self.bar = tqdm(xs, desc=f"{x}")\n    self.bar.write("a")\n    self.log = print\n    self.log("a", x)',
    ],
    ['a bar in brackets', 'for i in (tqdm(range(3), desc=f"{x}")):\n    print("step", i)'],
    ['a function of a stream', 'import sys\nw = sys.stdout.write\nw(f"{a}={b}")\nn = w\nprint("n", n)'],
    [
      'a method of a logger',
      'import logging\nsay = logging.getLogger("a").info\nsay("a %s", a)\nprint("step", len(str(say)))',
    ],
    ['print under another name', 'import builtins\nsay = print\nsay("step", 1)\nsay(f"{a}={b}")\nprint(say)'],
    ['a default', 'def f(say=print):\n    say("step", 1)\n    print(f"{a}={b}")\nf()'],
    [
      'a partial',
      'from functools import partial\nsay = partial(print, flush=True)\nsay("a", 1)\nsay(f"{a}={b}")',
    ],
    [
      'what is done with a result',
      'import sys\nn = sys.stdout.write(f"{a}={b}")\nprint("n", n)\nprint(f"loss {n}")',
    ],
  ])('%s', (_what, text) => {
    const { after, faults } = rewriteWhole(`${bar}${text}\nprint(f"loss={loss}")\n`);
    expect(faults).toEqual([]);
    expect(after).toContain('_katib_push(print)(f"loss={loss}")');
    expect(rewriteWhole(after).after).toBe(after);
  });
});
