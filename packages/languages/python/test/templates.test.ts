import type { Hole, Template } from '@katib-push/core';
import { describe, expect, test } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { lastTemplate, showTemplate } from './python.ts';
import { runAll } from './python3.ts';

const SETUP = 'loss = 0.25; acc = 91.5; e = 3; name = "val"; xs = [1, 2]; flag = True\n';
const GIVEN =
  'def given(): return 0.25, 91.5, 3, "val", [1, 2], True\nloss, acc, e, name, xs, flag = given()\n';

/** Marks a template that leaves its line open; all others end in a newline. */
const OPEN = '␄';

/**
 * By family: a script's last lines, and the template of its last statement. `loss`, `acc`, `e`, `name`, `xs` and `flag`
 * hold a number, another, an integer, a string, a list and a boolean, which the text doesn't tell.
 */
const CASES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'plain strings': [
    [`print("loss=1")`, 'loss=1'],
    [`print('a' "b" '''c''')`, 'abc'],
    [`print("tab\\tquote\\"\\x41\\u00e9\\101\\\\")`, 'tab\tquote"Aé' + 'A\\'],
    [`print(r"raw\\n\\x41", R'\\d')`, 'raw\\n\\x41 \\d'],
    [`print("\\N{BULLET} a")`, '‹…:string› a'],
    [`print("unknown \\d escape")`, 'unknown \\d escape'],
    [`print("a\\\nb")`, 'ab'],
    [`print("""two\nlines""")`, 'two\nlines'],
    [`print(b"bytes", rb'x')`, "b'bytes' b'x'"],
    [`print(b"a'\\n")`, `‹b"a'\\n":string›`],
    [`print("emoji \\U0001F600")`, 'emoji 😀'],
    [`print("{not a field} %d {{}}")`, '{not a field} %d {{}}'],
  ],
  'f-strings': [
    [`print(f"loss={loss:.4f}")`, 'loss=‹loss:number›'],
    [`print(f"{loss}")`, '‹loss:unknown›'],
    [`print(f"{{{e:d}}} {{}}")`, '{‹e:integer›} {}'],
    [`print(f"{loss=}")`, 'loss=‹loss:unknown›'],
    [`print(f"{ loss = :.3f}")`, ' loss = ‹loss:number›'],
    [`print(f"{name = !s}")`, 'name = ‹name:unknown›'],
    [`print(f"{name!r} {name!r:>8}")`, '‹name:unknown› ‹name:string›'],
    [`print(f"{acc / 100:.1%}")`, '‹acc / 100:percent›'],
    [`print(f"{acc:,.2f} {e:03d} {e:>5} {acc:+.2e}")`, '‹acc:unknown› ‹e:integer› ‹e:unknown› ‹acc:number›'],
    [`w = 9; p = 2\nprint(f"{loss:{w}.{p}f}")`, '‹loss:number›'],
    [`print(f"{e:x} {e:b} {e!s:>4}")`, '‹e:string› ‹e:integer› ‹e:string›'],
    [`print("a" f"{e}" "{b}" rf"\\d{e}")`, 'a‹e:unknown›{b}\\d‹e:unknown›'],
    [`print(f'''{\nloss\n:.2f}''')`, '‹loss:number›'],
    [`print(f"{'x' if flag else 'y'}")`, `‹'x' if flag else 'y':string›`],
    [`print(f"{f'{e}!'}?")`, '‹e:unknown›!?'],
    [
      `print(f"{e == 3} {xs[0]} {(lambda: 1)()}")`,
      '‹e == 3:unknown› ‹xs[0]:unknown› ‹(lambda: 1)():unknown›',
    ],
    [`print(f"\\x41{e}\\n")`, 'A‹e:unknown›\n'],
    [`print(f"{5} {'s'} {None} {True} {-1}")`, '5 s None True -1'],
  ],
  percent: [
    [`print("loss=%.4f" % loss)`, 'loss=‹loss:number›'],
    [`print("%s: %d %%" % (name, e))`, '‹name:unknown›: ‹e:integer› %'],
    [`print("%(l)f %(n)s" % {"l": loss, "n": name})`, '‹loss:number› ‹name:unknown›'],
    [`print("%5.2f|%-8s|%r" % (acc, name, name))`, '‹acc:number›|‹name:unknown›|‹name:unknown›'],
    [`print("%*d %x" % (5, e, e))`, '‹e:integer› ‹e:string›'],
    [`print("%s" % "a" + "%d")`, 'a%d'],
    [`args = (1, 2)\nprint("%d %d" % args)`, '‹…:integer› ‹…:integer›'],
    [`print(("a=%d "\n       "b=%g") % (e, loss))`, 'a=‹e:integer› b=‹loss:number›'],
    [`print("%s" % (name,))`, '‹name:unknown›'],
  ],
  format: [
    [`print("loss={:.3f} {}".format(loss, e))`, 'loss=‹loss:number› ‹e:unknown›'],
    [`print("{1} {0} {n!r}".format(e, loss, n=name))`, '‹loss:unknown› ‹e:unknown› ‹name:unknown›'],
    [
      `print("{0[1]} {0.real} {{}}".format(*[xs]) if 0 else "{0[1]} {{}}".format(xs))`,
      `‹"{0[1]} {0.real} {{}}".format(*[xs]) if 0 else "{0[1]} {{}}".format(xs):string›`,
    ],
    [`print("{0[1]} {{}}".format(xs))`, '‹xs[1]:unknown› {}'],
    [`print("{:>{w}.2f}|{:d}".format(loss, e, w=8))`, '‹loss:number›|‹e:integer›'],
    [`print("{} {}".format(*xs))`, '‹…:unknown› ‹…:unknown›'],
    [`print("{:.1%} {:x}".format(acc, e))`, '‹acc:percent› ‹e:string›'],
    [`print("a{}".format(1) + "b{}")`, 'a1b{}'],
    [`fmt = "x={}"\nprint(fmt.format(e))`, 'x=‹e:unknown›'],
  ],
  concatenation: [
    [`print("loss=" + str(loss))`, 'loss=‹loss:unknown›'],
    [`print("a" + name + "b")`, 'a‹name:unknown›b'],
    [`print("=" * 5, 3 * "ab")`, '===== ababab'],
    [`print("=" * e)`, '‹"=" * e:unknown›'],
    [`print("x" + repr(name) + repr("q'"))`, `x‹name:unknown›"q'"`],
    [`print(", ".join(["a", name, str(e)]))`, 'a, ‹name:unknown›, ‹e:unknown›'],
    [`print(" ".join(str(x) for x in xs))`, '‹" ".join(str(x) for x in xs):string›'],
    [`print("a".upper() + "b")`, '‹"a".upper():string›b'],
    [`print(format(loss, ".2f"), format(e))`, '‹loss:number› ‹e:unknown›'],
  ],
  'several arguments': [
    [`print("loss", loss, "acc:", acc)`, 'loss ‹loss:unknown› acc: ‹acc:unknown›'],
    [`print("loss=", loss, sep="")`, 'loss=‹loss:unknown›'],
    [`print("a", "b", sep=None, end=None)`, 'a b'],
    [`print("a", "b", sep="\\n", end="; ")`, 'a\nb; ␄'],
    [`print("a", end="\\n\\n")`, 'a\n'],
    [`print("a", end="")`, 'a␄'],
    [`print("a", *xs, "z")`, 'a ‹*xs:unknown› z'],
    [`s = "-"\nprint(1, 2, sep=s)`, '1-2'],
    [`print(1, 2, sep=name)`, '1‹name:unknown›2'],
    ['print()', ''],
    [`print(*xs)`, '‹*xs:unknown›'],
    [`print(x for x in xs)`, '‹(x for x in xs):unknown›'],
  ],
  values: [
    ['print(1_000, 0x1F, 0b11, 0o17)', '1000 31 3 15'],
    ['print(1.50, 1e3, .5, 5., 0.0)', '1.5 1000.0 0.5 5.0 0.0'],
    ['print(1e-9, 1e20, 2j)', '‹1e-9:number› ‹1e20:number› ‹2j:unknown›'],
    ['print(-1, -2.50, True, None, not flag)', '-1 -2.5 True None ‹not flag:boolean›'],
    [
      'print(float(loss), int(acc), len(xs), round(loss, 2))',
      '‹float(loss):number› ‹int(acc):integer› ‹len(xs):integer› ‹round(loss, 2):number›',
    ],
    [
      'print(e in xs, e is None, flag and True)',
      '‹e in xs:boolean› ‹e is None:boolean› ‹flag and True:unknown›',
    ],
    [
      'print(len(xs) / 2, len(xs) + 1, loss / 2, 2 ** 3)',
      '‹len(xs) / 2:number› ‹len(xs) + 1:integer› ‹loss / 2:unknown› ‹2 ** 3:number›',
    ],
    ['import time\nt = time.time()\nprint(time.time() - t)', '‹time.time() - t:number›'],
    ['import math\nprint(math.sqrt(2), math.floor(2.5))', '‹math.sqrt(2):number› ‹math.floor(2.5):integer›'],
  ],
  displays: [
    [`print({"loss": loss, 'n': "x"})`, "{'loss': ‹loss:unknown›, 'n': 'x'}"],
    [`print([1, "a'b", e], (1,), ())`, `[1, "a'b", ‹e:unknown›] (1,) ()`],
    [`print({**{"a": 1}}, [*xs])`, '‹{**{"a": 1}}:unknown› [‹*xs:unknown›]'],
    [`print({"t": (1, {"q": [None, True]})})`, "{'t': (1, {'q': [None, True]})}"],
    [`print([f"{e}a", str(loss)])`, "['‹e:unknown›a', '‹loss:unknown›']"],
    [`print({1, 2})`, '‹{1, 2}:unknown›'],
  ],
  json: [
    [
      `import json\nprint(json.dumps({"loss": loss, "n": "é\\n", "t": True, "x": None}))`,
      '{"loss": ‹loss:unknown›, "n": "\\u00e9\\n", "t": true, "x": null}',
    ],
    [`import json\nprint(json.dumps({"a": [1, 2.50], 3: {}}))`, '{"a": [1, 2.5], "3": {}}'],
    [
      `import json\nprint(json.dumps({"a": e, "b": [1]}, indent=2))`,
      lines`
        {
          "a": ‹e:unknown›,
          "b": [
            1
          ]
        }
      `,
    ],
    [
      `import json\nprint(json.dumps({"b": e}, sort_keys=True))`,
      '‹json.dumps({"b": e}, sort_keys=True):string›',
    ],
    [`from json import dumps as d\nprint(d({"n": f"v{e}"}))`, '{"n": "v‹e:unknown›"}'],
    [`import json\nprint(json.dumps(xs))`, '‹xs:unknown›'],
  ],
  'names that are followed': [
    [`msg = f"e={e}"\nprint(msg)`, 'e=‹e:unknown›'],
    [`msg = "a"\nmsg += f"={loss:.2f}"\nprint(msg)`, 'a=‹loss:number›'],
    [`msg = "a"\nmsg = msg + "b"\nprint(msg)`, 'ab'],
    [
      lines`
      msg = "a"
      if flag:
          msg += "b"
      print(msg)
    `,
      '‹msg:unknown›',
    ],
    [
      lines`
      if flag:
          msg = "a"
      else:
          msg = "b"
      print(msg)
    `,
      '‹msg:unknown›',
    ],
    [
      lines`
      for i in range(2):
          msg = "i"
          msg += "!"
          print(msg)
    `,
      'i!',
    ],
    [
      lines`
      msg = ""
      for i in range(2):
          print(msg)
          msg += "x"
    `,
      '‹msg:unknown›',
    ],
    [
      lines`
      NAME = "acc"
      def f():
          print(f"{NAME}={loss}")
      f()
    `,
      'acc=‹loss:unknown›',
    ],
    [
      lines`
      NAME = "acc"
      NAME = "b"
      def f():
          print(NAME)
      f()
    `,
      '‹NAME:unknown›',
    ],
    [
      lines`
      NAME = "acc"
      def f(NAME):
          print(NAME)
      f(1)
    `,
      '‹NAME:unknown›',
    ],
    [
      lines`
      M = "a"
      def g():
          global M
          M = "b"
      g()
      print(M)
    `,
      '‹M:unknown›',
    ],
    [`logs = {"loss": loss}\nprint(logs)`, "{'loss': ‹loss:unknown›}"],
    [`logs = {"loss": loss}\nlogs["q"] = 1\nprint(logs)`, '‹logs:unknown›'],
    [`for i in range(3): pass\nprint(i)`, '‹i:unknown›'],
    [`for i, x in enumerate(xs): pass\nprint(i, x)`, '‹i:unknown› ‹x:unknown›'],
    [
      lines`
        total = 0
        for x in range(3):
            total += x
        print(total, total / 2)
      `,
      '‹total:unknown› ‹total / 2:unknown›',
    ],
    [`a, b = "x", 2\nprint(a, b)`, 'x 2'],
    [
      lines`
      try:
          m = "a"
      except E:
          m = "b"
      print(m)
    `,
      '‹m:unknown›',
    ],
    [
      lines`
      m = "a"
      m = m + m
      m = m + m
      print(m)
    `,
      '‹m:unknown›',
    ],
    [`if (n := 5) > 3: print(n)`, '‹n:integer›'],
    [
      lines`
      def f():
          s = "in"
          return s
      s = f()
      print(s)
    `,
      '‹s:unknown›',
    ],
    [`class A:\n    n = "x"\n    print(n)`, 'x'],
    [`with open("/dev/null") as f: pass\nf = "q"\nprint(f)`, 'q'],
  ],
  'streams and logs': [
    [`import sys\nsys.stdout.write("loss=%.2f\\n" % loss)`, 'loss=‹loss:number›'],
    [`import sys\nsys.stderr.writelines(["a\\n", "b"])`, 'a\nb␄'],
    [`import logging\nlogging.warning("loss=%.3f %s", loss, name)`, 'loss=‹loss:number› ‹name:unknown›'],
    [`import logging\nlogging.error("m=%(m)d", {"m": e})`, 'm=‹e:integer›'],
    [`import logging\nlogging.log(logging.ERROR, "100%% %s")`, '100%% %s'],
    [`import logging\nlogging.critical("%d%%", e)`, '‹e:integer›%'],
    [`import logging\nlogging.getLogger("a").warning(f"acc={acc}")`, 'acc=‹acc:unknown›'],
  ],
};

/** A template as an expression over what is printed. */
function patternOf(template: Template): RegExp {
  const parts = template.parts.map((part) =>
    part.kind === 'literal' ? RegExp.escape(part.text) : patternOfHole(part),
  );
  return new RegExp(`^${parts.join('')}$`);
}

function patternOfHole({ type }: Hole): string {
  switch (type) {
    case 'integer':
      return ' *[-+]?\\d+ *';
    case 'number':
      return ' *[-+]?(?:\\d+\\.?\\d*(?:e[-+]?\\d+)?|nan|inf) *';
    case 'percent':
      return ' *[-+]?\\d+(?:\\.\\d+)?% *';
    case 'boolean':
      return '(?:True|False)';
    case 'none':
      return 'None';
    default:
      return '[\\s\\S]*';
  }
}

const all = Object.values(CASES).flat();
const ran = new Map(
  runAll(all.map(([source]) => `${SETUP}${source}\n`)).map((result, index) => [all[index], result] as const),
);

for (const [family, cases] of Object.entries(CASES)) {
  describe(family, () => {
    test.each(cases)('%s', (source, shown) => {
      const template = lastTemplate(`${GIVEN}${source}\n`);
      expect(showTemplate(template)).toBe(shown.endsWith(OPEN) ? shown.slice(0, -1) : `${shown}\n`);
      const result = ran.get(cases.find(([each]) => each === source) as (typeof cases)[number]);
      expect(result?.error).toBeUndefined();
      // logging's own format stands in front of the message
      const written = (result?.output ?? '').replace(/^(?:WARNING|ERROR|CRITICAL):\w+:/, '');
      // of what a loop writes, the last line counts
      const text = source.includes('for ') ? `${written.trimEnd().split('\n').at(-1)}\n` : written;
      expect(text).toMatch(patternOf(template as Template));
    });
  });
}

describe('what goes very deep', () => {
  const repeat = (open: string, close: string) => `print(${open.repeat(4000)}1${close.repeat(4000)})`;
  test.each([
    [
      'names',
      `a0 = input()\n${Array.from({ length: 4000 }, (_, i) => `a${i + 1} = a${i} + "="`).join('\n')}\nprint(a4000)`,
    ],
    ['lists', repeat('[', ']')],
    ['calls', repeat('str(', ')')],
    ['calls of calls', `print(f${'()'.repeat(4000)})\n@f${'()'.repeat(4000)}\ndef jit(): print(1)`],
    ['alternatives', repeat('x if y else ', '')],
    ['formats', repeat('"%s" % (', ',)')],
    ['JSON', `import json\nprint(json.dumps(${'['.repeat(4000)}${']'.repeat(4000)}))`],
    ['sums on the right', repeat('"a" + (', ')')],
    ['bars', `for i in ${'tqdm('.repeat(4000)}x${')'.repeat(4000)}: print(i)`],
    ['compilers', `import torch\nf = torch.compile(${'f('.repeat(4000)}x${')'.repeat(4000)})\nprint(1)`],
  ])('%s', (_, text) => {
    expect(lastTemplate(text)?.parts.length).toBeGreaterThan(0);
  });

  test('a long sum is read in a row', () => {
    const words = Array.from({ length: 4000 }, (_, i) => `"a${i} "`);
    const sum = `print(${words.join(' + ')} + x)`;
    expect(showTemplate(lastTemplate(sum))).toBe(
      `${words.map((word) => word.slice(1, -1)).join('')}‹x:unknown›\n`,
    );
  });
});
