import { lines } from '../../../../test/lines.ts';

/**
 * Texts of Python, right and wrong, as products of small parts: CPython says which is which. What it says must be the same
 * from 3.11 on.
 */

const targets = [
  'x',
  'x.y',
  'x[0]',
  'x[a:b, ::c]',
  'f().x',
  'f()[0]',
  'f()',
  'x.f()',
  '1',
  '1.5',
  '"a"',
  'b"a"',
  'f"{x}"',
  '"a".b',
  '"a"[0]',
  '(x)',
  '(x.y)',
  '(x, y)',
  '(x, y.z, [w])',
  '[x, y]',
  '[x]',
  '()',
  '[]',
  'x, y',
  'x,',
  'x, (y, z)',
  'x, 1',
  'x, f()',
  '(x, 1)',
  '[x, f()]',
  '*x',
  '*x,',
  '*x, y',
  'x, *y',
  '*x, *y',
  '[*x, *y]',
  '[*x, y]',
  '(*x)',
  '(*x,)',
  '(a, *x), *y',
  '*x.y, z',
  '*f(), z',
  '**x',
  'x + y',
  '-x',
  'not x',
  'x and y',
  'x < y',
  'x == y',
  'x if y else z',
  'lambda: x',
  'await x',
  '(yield)',
  '(x := 1)',
  '{x}',
  '{}',
  '{x: y}',
  '[x for x in y]',
  '(x for x in y)',
  '{x for x in y}',
  'None',
  'True',
  'False',
  'x.None',
  'x, None',
  '...',
  '`x`',
  'if',
  'x.class',
  'match',
  'type',
  'case, _',
  'async',
  'print',
];

const places = [
  '% = z',
  '% = q = z',
  'q = % = z',
  '% += z',
  '%: int',
  '%: int = z',
  'for % in z: pass',
  'for (%) in z: pass',
  '[0 for % in z]',
  '{0: 0 for q in z for % in z}',
  'f(0 for % in z)',
  'with z as %: pass',
  'with (z as %): pass',
  'with q as r, z as %: pass',
  'del %',
  'del q, %',
  '(% := z)',
  'f(% = z)',
  'import m as %',
  'from m import n as %',
  'try: pass\nexcept E as %: pass',
  'def f(%): pass',
  'def f(%, q=1): pass',
  'lambda %: 0',
  'class A(%): pass',
  'def %(): pass',
  'class %: pass',
  'global %',
  'import %',
  'f(%)',
  'f(q=1, %)',
  'f(**q, %)',
  '% if q else 0',
  '[%]',
  '{%}',
  'x[%]',
  'return_ = %',
  'print(f"{%}")',
  'def g():\n  return %',
  'def g():\n  yield %',
  'assert %',
  'raise %',
  'while %: pass',
  '@%\ndef f(): pass',
  '[% for q in z]',
  '(% for q in z if r)',
  '{%: 1 for q in z}',
  '[q for q in %]',
  '[q for q in z if %]',
  'match z:\n  case %: pass',
  'match z:\n  case [q, %]: pass',
  'match z:\n  case 1 as %: pass',
  'match z:\n  case A(k=%): pass',
  'match z:\n  case {"k": %}: pass',
];

/** Every expression, right and wrong as a target, at every place where one may stand. */
export const targetsInPlaces: readonly string[] = places.flatMap((place) =>
  targets
    // a string's own quotes within it are Python 3.12
    .filter((target) => !(place.includes('f"') && target.includes('"')))
    .map((target) => place.replaceAll('%', () => target)),
);

const walruses = [
  '[% for q in z]',
  '[q for q in %]',
  '[q for q in z if %]',
  '[q for q in z for r in %]',
  '[q for q in z if [% for r in z]]',
  '[q for q in z if (lambda: %)]',
  '{q: % for q in z}',
  '{%: q for q in z}',
  '(% for q in z)',
  'f(% for q in z)',
  'class A:\n  x = [% for q in z]',
  'class A:\n  x = %',
  'def g():\n  return %',
  'lambda: %',
  'lambda q=%: 0',
  'f(%)',
  'f(q=%)',
  'f(q, %)',
  'f(*%)',
  'x[%]',
  'x[%:1]',
  '{q: %}',
  '{%}',
  '[%, 1]',
  '(%, 1)',
  'x = %',
  'x = y, %',
  'x += %',
  'x: int = %',
  '%',
  'q, %',
  'if %: pass',
  'if x and %: pass',
  'while %: pass',
  'with %: pass',
  'with % as x: pass',
  'for x in %: pass',
  'return_(%)',
  'assert %',
  'del %',
  'print(f"{%}")',
  'def f(a=%): pass',
  'def f(a: %): pass',
  'class A(%): pass',
  '@%\ndef f(): pass',
  'not %',
  '1 + %',
  '% if a else b',
  'match %:\n  case 1: pass',
  'match x:\n  case 1 if %: pass',
];
const namings = [
  'w := 1',
  '(w := 1)',
  'q := 1',
  '(q := 1)',
  '(w.x := 1)',
  '(w, v := 1)',
  '((w) := 1)',
  '(w := v := 1)',
];

/** Names bound within expressions. */
export const walrusesInPlaces: readonly string[] = walruses.flatMap((place) =>
  namings.map((naming) => place.replaceAll('%', () => naming)),
);

const bodies = [
  'return',
  'return 1',
  'yield',
  'x = yield',
  'yield 1\n  return 1',
  'yield from x',
  'await x',
  'async with a: pass',
  'async for a in b: pass',
  '[x async for x in y]',
  '(x async for x in y)',
  '[await x for x in y]',
  '[x for x in await y]',
  '[(yield) for x in y]',
  'lambda: (yield)',
  'lambda: await x',
  'print(f"{await x}")',
  'break',
  'continue',
  'if a: break',
  'for a in b: break',
  'for a in b: pass\n  else: break',
  'while a:\n    continue',
  'while a:\n    class B: break',
  'global x',
  'nonlocal x',
  'x = 1\n  global x',
  'x = 1\n  nonlocal x',
  'print(x)\n  nonlocal x',
  'x: int\n  global x',
  'global x\n  x: int',
  'for x in y: pass\n  global x',
  'import x\n  global x',
  'def x(): pass\n  global x',
  'x.y\n  global y',
  'f(y=1)\n  global y',
  'global x, y\n  nonlocal x',
  'lambda x: x\n  global x',
  '[x for x in y]\n  global x',
  'from m import *',
  'import *',
  'from __future__ import annotations',
  'class B:\n    nonlocal x',
  'def h():\n    nonlocal x',
  'def h():\n    nonlocal nowhere',
  'def h(x):\n    nonlocal x',
  'def h():\n    global x\n    x = 1',
  'async def h(): await x',
  'async def h():\n    yield 1\n    return 1',
  'async def h():\n    yield 1\n    return',
  'async def h(): yield from x',
  'async def h(): return [x async for x in y]',
  'async def h(): return [[x async for x in y] for z in w]',
  'async def h():\n    def i(): await x',
  'async def h():\n    lambda: await x',
];
const around = [
  '%',
  'def g():\n  %',
  'def g(x):\n  %',
  'class A:\n  %',
  'async def g():\n  %',
  lines`
    def o():
      x = 1
      def g():
        %
  `,
  'class A:\n  def g(self):\n    %',
  'for q in z:\n  %',
  'if q:\n  %',
  'try:\n  %\nfinally: pass',
];

/** What only stands at some places, around and within functions, classes and loops. */
export const bodiesAround: readonly string[] = around.flatMap((place) =>
  bodies.map((body) => {
    const indent = place.endsWith('    %') ? '    ' : place === '%' ? '' : '  ';
    return place.replace('%', () => body.replaceAll(/\n {2}/g, `\n${indent}`));
  }),
);

const parameters = [
  ['a', 'b', '*', '**k', '/', 'a=1', 'c: int', 'd: int = 2', '*r', '*r: int', '*, e'],
  ['a', 'b', '*', '**k', '/', 'a=1', 'b=2', 'c: int = 2', '*r', 'None'],
  ['a', '*', '**k', '/', 'f=1', '*r', 'z'],
];
const args = [
  ['a', 'a=1', '*r', '**k', 'x for x in y', 'b=2', 'a.b=1', '(a)=1', 'w := 1'],
  ['a', 'a=1', '*r', '**k', 'x for x in y', 'None=1', ''],
  ['b', 'a=2', '*r', '**k', ''],
];

function combine(lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce<readonly string[]>(
    (found, list) => found.flatMap((each) => list.map((one) => (each === '' ? one : `${each}, ${one}`))),
    [''],
  );
}

/** Parameters and arguments in any order. */
export const argumentLists: readonly string[] = [
  ...combine(parameters).map((list) => `def f(${list}): pass`),
  ...combine(parameters)
    .filter((list) => !list.includes(':'))
    .map((list) => `lambda ${list}: 0`),
  ...combine(args).flatMap((list) => [`f(${list})`, `class A(${list}): pass`]),
];

const patterns = [
  'x',
  '_',
  '1',
  '-1',
  '1 + 2j',
  '-1 - 2j',
  '1 + 2',
  '2j + 1',
  '"a"',
  '"a" "b"',
  'f"a"',
  'None',
  'a.b',
  '(x)',
  '[x, x]',
  '[x, y, *z]',
  '[*x, *y]',
  '[*_, x]',
  'x, x',
  'x, *x',
  '*x',
  '*x,',
  '{}',
  '{"a": x}',
  '{"a": x, "b": x}',
  '{"a": 1, "a": 2}',
  '{a.b: x, **r}',
  '{**r, "a": 1}',
  '{**_}',
  '{**r, **s}',
  '{x: 1}',
  '{-1: x}',
  'A()',
  'A(x)',
  'A(x, x)',
  'A(x, y=z)',
  'A(y=1, y=2)',
  'A(y=z, w)',
  'a.b(c=d)',
  'a.b.c()',
  'f()()',
  '1 | 2',
  'x | 1',
  '1 | x',
  '[x] | [y]',
  '[x] | [x]',
  '(x, 1) | (2, x)',
  'A(x) | B(x=x)',
  '1 as x',
  '1 as _',
  'x as y',
  '_ as y',
  '1 as 2',
  '1 as a.b',
  '(1 | 2) as x',
  '1 as x | 2 as x',
  '[1 as x, 2 as x]',
  'x if x',
  '_ if True',
  '(1 as x)',
  'a[0]',
  'x + 1',
  '...',
  'not x',
];

/** Each pattern as the only, first and last one. */
export const matches: readonly string[] = patterns.flatMap((pattern) => [
  `match z:\n  case ${pattern}: pass`,
  `match z:\n  case ${pattern}: pass\n  case 1: pass`,
  `match z:\n  case [${pattern}, 1]: pass`,
  `match z:\n  case A(${pattern}): pass`,
  `match z:\n  case ${pattern} | 5: pass`,
]);

/** Anything else: statements, expressions, literals, indentation. */
export const others: readonly string[] = [
  'if x:\n\ta\n        b',
  'if x:\n        a\n\tb',
  'if x:\n\tif y:\n            a\n\tb',
  'if x:\n\ta\n\tb',
  'if x:\n\t  a\n\t  b',
  'if x:\n  \ta\n\tb',
  'if x:\n        if y:\n\t\ta',
  'if x:\n\tif y:\n\t    a\n\t    b\n\tc',
  'class A:\n    def f(self):\n\treturn 1',
  'if x:\n a\n\tb',
  'if x:\n\f  a\n  b',
  'x = [\n\t1,\n        2]',
  'x = 1\n\ty = 2',
  'a b',
  'x = 1 2',
  'x = \u00a01',
  'x = "\u00a0"',
  '# \u00a0',
  'x\u200b = 1',
  'x =\u2003 1',
  'x = \ufeff1',
  '\u00e9 = 1',
  '\u53d8\u91cf = 1',
  'x = 1 \u2013 2',
  'x = \u201ca\u201d',
  'x = \u20ac',
  'x = 1\u0001',
  'x =\u000b 1',
  'x = 0x',
  'x = 0xfg',
  'x = 0b12',
  'x = 0b1',
  'x = 1_0_0',
  'x = 1__0',
  'x = 1_',
  'x = 1_.0',
  'x = 1._0',
  'x = 1.0_0',
  'x = 1e_1',
  'x = 1e1_0',
  'x = 1e',
  'x = 00',
  'x = 01',
  'x = 01.5',
  'x = 01e1',
  'x = 01j',
  'x = 1l',
  'x = 1J',
  'x = 0o17',
  'x = 0O17',
  'x = 08',
  'x = 0_7',
  'x = 0x_f',
  'x = 0_x1',
  'x = 1if y else 2',
  'x = 1.e1',
  'x = 1..real',
  'x = 1.real',
  'x = 1 .real',
  'x = f"{a}"',
  'x = f"{a!r}"',
  'x = f"{a!x}"',
  'x = f"{a!}"',
  'x = f"{a! r}"',
  'x = f"{a!r:>10}"',
  'x = f"{a!=b}"',
  'x = f"{a:{b}.{c}}"',
  'x = f"{a:{b!x}}"',
  'x = f"{a:{}}"',
  'x = f"{}"',
  'x = f"{ }"',
  'x = f"{!r}"',
  'x = f"{:5}"',
  'x = f"{=}"',
  'x = f"{a=}"',
  'x = f"{a=!r:5}"',
  'x = f"}"',
  'x = f"{"',
  'x = f"{{"',
  'x = f"{{}}"',
  'x = f"{{{a}}}"',
  'x = f"{a}}"',
  'x = f"{{a}"',
  'x = f"{a b}"',
  'x = f"{a:b c}"',
  'x = f"{lambda: 1}"',
  'x = f"{(lambda: 1)}"',
  'x = f"{lambda x: 1}"',
  'x = f"{a, b}"',
  'x = f"{*a}"',
  'x = f"{*a,}"',
  'x = f"{**a}"',
  'x = f"{a if b}"',
  'x = f"{a if b else c}"',
  'x = f"{a = }"',
  'x = f"{a == b}"',
  'x = f"{a +}"',
  'x = f"{f(}"',
  'x = f"{a[}"',
  'x = f"{a)}"',
  'x = f"{import x}"',
  'x = f"{x = 1}"',
  'x = f"{x:=5}"',
  'x = f"{(x:=5)}"',
  'x = f"{1 = 2}"',
  'x = f"{return}"',
  'x = f"{pass}"',
  'x = f"{for}"',
  'x = f"{None}"',
  'x = f"{a.None}"',
  'x = f"{a;b}"',
  'x = f"""{a\n}"""',
  'x = f"{a[\'b\']}"',
  'x = f\'{a["b"]}\'',
  'x = rf"{a}\\d"',
  'x = f"\\N{DIGIT ONE}"',
  'x = "\\N{DIGIT ONE"',
  'x = f"\\x4"',
  'x = f"\\x41{a}"',
  'x = rb"\\x"',
  'x = b"\\N"',
  'x = b"\\u1"',
  'x = "\\U00110000"',
  'x = "\\U0010ffff"',
  'x = "\\777"',
  'x = "\\\\x"',
  'x = "\\\\\\x"',
  'x = b"\u00e9"',
  'x = rb"\u00e9"',
  'x = b"""\u00e9"""',
  "x = b'' '' ",
  "x = '' ''b''",
  "x = u'' f''",
  "x = u'' b''",
  "x = fb''",
  "x = ub''",
  "x = ru''",
  "x = bu''",
  "x = Rb''",
  "x = fr''",
  "x = fR'' bR''",
  "x = ('a'\n  b'b')",
  "x = ('a',\n  b'b')",
  'x = (a for a in b, c for c in d)',
  'x = [a for a in b, c]',
  'x = [a, b for a in c]',
  'x = [*a for a in b]',
  'x = {**a for a in b}',
  'x = {*a for a in b}',
  'x = (*a for a in b)',
  'x = {a: 1, **b}',
  'x = {**b, a: 1}',
  'x = {**b, a}',
  'x = {a, b: 1}',
  'x = {a: 1, b}',
  'x = {*a: 1}',
  'x = {a: *b}',
  'x = {a: **b}',
  'x = {**a}',
  'x = {*a}',
  'x = {a:}',
  'x = {:a}',
  'x = {a: b for a, b in c}',
  'x = {a: b, c: d for a in b}',
  '__debug__ = 1',
  'a, __debug__ = 1, 2',
  'for __debug__ in x: pass',
  'print(__debug__)',
  'x = *a',
  'x = *a,',
  'x = (*a)',
  'x = (*a,)',
  'x = (*a, b)',
  'x = [*a]',
  'x = f(*a)',
  'x = f(*)',
  'x = f(**)',
  'x = f(*a, *b)',
  'x = f(* a)',
  'x = y[*a]',
  'x = y[*a, b]',
  'x = y[*a:b]',
  'x = y[**a]',
  'x = a if *b else c',
  'x = not *a',
  'x = a + *b',
  'x = -*a',
  'x = *a + b,',
  'x = *not a,',
  'x = **a',
  'x += *a',
  'x += *a,',
  '*a',
  '*a,',
  '*a, b',
  'print(*a)',
  'print *a',
  'print(a) *b',
  'for x in *a: pass',
  'for x in *a, b: pass',
  'for x in (*a): pass',
  'if *a: pass',
  'if (*a,): pass',
  'def f(): return *a',
  'def f(): return *a,',
  'def f(): return *a, b',
  'def f(): yield *a',
  'def f(): yield *a, b',
  'def f(): x = yield *a, b',
  'lambda: *a',
  'lambda: (*a,)',
  'with *a: pass',
  'assert *a',
  'raise *a',
  'del *a',
  'del *a,',
  'del (*a,)',
  'del ()',
  'del []',
  'del (a), [b, (c.d)]',
  'del (a := 1)',
  'del a, b.c, d[0]',
  'del a + b',
  'del',
  'x: int = *a, b',
  'x: int = *a',
  'x: int = yield',
  'x: int = y = 1',
  'x = y: int',
  'x = y: int = 1',
  'x: int += 1',
  'x: int, y: int',
  'x, y: int = 1, 2',
  'x = 1 = y',
  'x = y = z = 1',
  'x = y += 1',
  'x += y = 1',
  'x += y += 1',
  'x += yield',
  'x = yield = 1',
  'x = (yield) = 1',
  'x == 1 = y',
  'x := 1',
  '(x := 1)',
  'x = y := 1',
  'x = (y := 1)',
  'a, b += 1, 2',
  'return_ = 1',
  'import a.b as c.d',
  'import a as b, c as d',
  'import a,',
  'import (a)',
  'import a.b.c, d',
  'import .a',
  'import a.',
  'from a import b,',
  'from a import (b,)',
  'from a import (b, c,)',
  'from a import (b as c, d)',
  'from a import (*)',
  'from a import *, b',
  'from a import b.c',
  'from a import b as c.d',
  'from a import (b.c)',
  'from a import ()',
  'from . import a',
  'from .a import b',
  'from ...a.b import c',
  'from .. import *',
  'from a.b import c as d, e',
  'from a import None',
  'from . import if',
  'from .class import a',
  'from __future__ import annotations, division',
  'from __future__ import annotations as a',
  'from __future__ import (annotations)',
  '"""a"""\nfrom __future__ import annotations',
  '"""a"""\n"""b"""\nfrom __future__ import annotations',
  'f"""a"""\nfrom __future__ import annotations',
  'b"""a"""\nfrom __future__ import annotations',
  'import a\nfrom __future__ import annotations',
  'from __future__ import division\nfrom __future__ import annotations',
  'from __future__ import annotations; import a',
  'pass; from __future__ import annotations',
  'if a: from __future__ import annotations',
  '# a\n\nfrom __future__ import annotations',
  'from __future__ import barry_as_FLUFL',
  'from __future__ import nested_scopes, what',
  'import __future__',
  'import __future__ as f',
  'global x, y',
  'global x.y',
  'global (x)',
  'global x = 1',
  'x = 1\nglobal x',
  'print(x)\nglobal x',
  'global x\nglobal x',
  'def f():\n  global x\n  global x',
  lines`
    def f():
      global x
      x = 1
      global x
  `,
  'def f():\n  global x\n  nonlocal x',
  lines`
    def f():
      x = 1
      def g():
        nonlocal x
        global x
  `,
  lines`
    def f():
      def g():
        nonlocal x
      x = 1
  `,
  lines`
    def f():
      class A:
        x = 1
        def g(self):
          nonlocal x
  `,
  'def f(x):\n  class A:\n    nonlocal x',
  lines`
    def f():
      global x
      def g():
        nonlocal x
  `,
  lines`
    def f():
      for x in y: pass
      def g():
        nonlocal x
  `,
  lines`
    def f():
      import x.y
      def g():
        nonlocal x
  `,
  lines`
    def f():
      import x.y as z
      def g():
        nonlocal z
  `,
  lines`
    def f():
      from m import x
      def g():
        nonlocal x
  `,
  lines`
    def f():
      with a as (x, y): pass
      def g():
        nonlocal x, y
  `,
  lines`
    def f():
      try: pass
      except E as x: pass
      def g():
        nonlocal x
  `,
  lines`
    def f():
      print(x := 1)
      def g():
        nonlocal x
  `,
  lines`
    def f():
      [x := 1 for y in z]
      def g():
        nonlocal x
  `,
  lines`
    def f():
      x: int
      def g():
        nonlocal x
  `,
  lines`
    def f():
      del x
      def g():
        nonlocal x
  `,
  lines`
    def f():
      x += 1
      def g():
        nonlocal x
  `,
  lines`
    def f():
      def x(): pass
      def g():
        nonlocal x
  `,
  lines`
    def f():
      class x: pass
      def g():
        nonlocal x
  `,
  'def f(*x, **y):\n  def g():\n    nonlocal x, y',
  lines`
    def f():
      match a:
        case {"b": x, **y}: pass
        case [z, *w]: pass
      def g():
        nonlocal x, y, z, w
  `,
  lines`
    def f():
      x = 1
      def g():
        nonlocal x
        def h():
          nonlocal x
  `,
  lines`
    def f():
      x = 1
      def g():
        def h():
          nonlocal x
  `,
  lines`
    def f():
      x = 1
      def g(): pass
      nonlocal x
  `,
  'def f():\n  x = 1\n  lambda: (yield)',
  'def f(x: (yield)): pass',
  'def f(x=(yield)): pass',
  'class A((yield)): pass',
  'def f():\n  class A((yield)): pass',
  'try: pass\nexcept: pass',
  'try: pass\nexcept: pass\nexcept E: pass',
  'try: pass\nexcept E: pass\nexcept: pass',
  lines`
    try: pass
    except E: pass
    else: pass
    finally: pass
  `,
  'try: pass\nelse: pass\nfinally: pass',
  lines`
    try: pass
    except E: pass
    finally: pass
    else: pass
  `,
  'try: pass\nfinally: pass\nexcept E: pass',
  'try: pass',
  'try: pass\nexcept (E, F): pass',
  'try: pass\nexcept (E, F) as e: pass',
  'try: pass\nexcept E as e.x: pass',
  'try: pass\nexcept E as (e): pass',
  'try: pass\nexcept* E: pass',
  'try: pass\nexcept *E as e: pass',
  'try: pass\nexcept*: pass',
  'try: pass\nexcept* E: pass\nexcept F: pass',
  'try: pass\nexcept E: pass\nexcept* F: pass',
  lines`
    for x in y:
      try: pass
      except* E:
        for z in y: break
  `,
  'if a: pass\nelse: pass\nelse: pass',
  'if a: pass\nelse: pass\nelif b: pass',
  'elif a: pass',
  'else: pass',
  'except: pass',
  'finally: pass',
  'for x in y: pass\nelse: pass',
  'while x: pass\nelse: pass',
  'with a: pass\nelse: pass',
  'def f(): pass\nelse: pass',
  'with a, b: pass',
  'with (a, b): pass',
  'with (a, b,): pass',
  'with (a as b): pass',
  'with (a as b, c): pass',
  'with (a as b, c as d,): pass',
  'with (a): pass',
  'with (a) as b: pass',
  'with (a, b) as c: pass',
  'with a as b as c: pass',
  'with a as (b as c): pass',
  'with a as b, : pass',
  'with: pass',
  'with (): pass',
  'with (yield): pass',
  'with a as b.c[0].d: pass',
  'with a as (b, *c): pass',
  'with a as *b: pass',
  'with a as b(): pass',
  'with a as b + c: pass',
  'x = (a as b)',
  'f(a as b)',
  'print(a) as b',
  'raise a from b',
  'raise a from',
  'raise a, b',
  'raise a, b, c',
  'raise (a, b)',
  'assert a, b',
  'assert a, b, c',
  'assert (a, b, c)',
  'assert',
  'lambda x, y=1, *z, w, **k: 0',
  'lambda *, x: 0',
  'lambda *: 0',
  'lambda x: (yield)',
  'lambda x, (y, z): 0',
  'lambda x: int: 0',
  'lambda: x = 1',
  'lambda (x): 0',
  'def f(x)',
  'def f(x):',
  'def f(x): pass',
  'def f(x) -> y: pass',
  'def f(x) -> : pass',
  'def f(x: *y): pass',
  'def f(*x: *y): pass',
  'def f((x)): pass',
  'def f(x.y): pass',
  'def f(x, ): pass',
  'def f(, x): pass',
  'def f(*, ): pass',
  'def f(*x, ): pass',
  'def f(**x, ): pass',
  'def f(x, /, ): pass',
  'def f(/, x): pass',
  'def f(*, /): pass',
  'def f(x, /, *, y): pass',
  'def f(1): pass',
  'def f("x"): pass',
  'def f(x=1, /, y): pass',
  'def f(x=1, *, y): pass',
  'def f(x=1, *y, z): pass',
  'def f(x=1, *y, z=2, w): pass',
  'def f(*x=1): pass',
  'def f(**x=1): pass',
  'f(a)(b)(c=1)',
  'f(a, *b, c)',
  'f(a, *b, c=1, *d)',
  'f(a=1, *b)',
  'f(**a, *b)',
  'f(**a, b=1)',
  'f(**a, **b)',
  'f(a, b for b in c)',
  'f(b for b in c)',
  'f(b for b in c,)',
  'f((b for b in c), d)',
  'f(b for b in c, d)',
  'f(*b for b in c)',
  'f(a := 1, b=2)',
  'f(a=b=1)',
  'f(a=1=2)',
  'f(a=(b := 1))',
  'f(a=lambda: 1, b=lambda x=1: x)',
  'f("a"=1)',
  'f(a[0]=1)',
  'f(lambda: 1 = 2)',
  'f(a if b else c = 1)',
  'f(not a = 1)',
  'f(a + b = 1)',
  'f(a,, b)',
  'f(, a)',
  'f(a b)',
  'f(a for)',
  'f(print=1)',
  'f(match=1, case=2, type=3)',
  'f(a=1, b=g(a=1), c=[h(b=2)])',
  'f(a=1, b={"a": 1}, c=lambda a=1: a)',
  'f(x, key=lambda y: y, z=1)',
  'f(x, key=lambda y, w=1: y, y=1)',
  'class A(a=1, a=2): pass',
  'class A(*a, **b): pass',
  'class A(): pass',
  'class A(a, b=1, c): pass',
  'class A(a for a in b): pass',
  'class A(a.b, metaclass=M): pass',
  'class A.b: pass',
  '@a\nclass A: pass',
  lines`
    @a

    @b(c)
    def f(): pass
  `,
  '@a b\ndef f(): pass',
  '@\ndef f(): pass',
  '@a\nx = 1',
  '@a',
  '@a, b\ndef f(): pass',
  '@(a, b)\ndef f(): pass',
  '@a[0].b(c)\ndef f(): pass',
  '@lambda f: f\ndef f(): pass',
  'x = y if z',
  'x = y if z else',
  'x = y else z',
  'x = if y: z',
  'x = for',
  'x = lambda',
  'x = lambda:',
  'x = y.',
  'x = .y',
  'x = y..z',
  'x = y[',
  'x = y[]',
  'x = y[:]',
  'x = y[::]',
  'x = y[:::]',
  'x = y[a:b:c:d]',
  'x = y[a, b:c]',
  'x = y[a=1]',
  'x = y[a for a in b]',
  'x = y[a := 1]',
  'x = y[lambda: 1:2]',
  'x = y[a if b else c:d]',
  'x = a not in b',
  'x = a is not b',
  'x = a not b',
  'x = a is is b',
  'x = a in in b',
  'x = not not a',
  'x = a == not b',
  'x = - not a',
  'x = a <> b',
  'x = a === b',
  'x = a ! b',
  'x = !a',
  'x = a && b',
  'x = a ? b : c',
  'x = a++',
  'x = ++a',
  'x = a ** -b',
  'x = a **',
  'x = a // b % c @ d',
  'x = ~a',
  'x = a ~ b',
  'x = $a',
  'x = a\\\n + b',
  'x = a \\ + b',
  'x = a\\',
  'x = (a\n + b)',
  'x = a\n + b',
  'x = "a\nb"',
  'x = "a\\\nb"',
  "x = '''a\nb'''",
  "x = '''a",
  'x = "a',
  'x = \'a"',
  'print "a"',
  'print a, b',
  'print a % b',
  'print',
  'print -1',
  'print (a), b',
  'print("a" % b)',
  'print "a" % b',
  'print("a") if a else b',
  'print.a',
  'print = a',
  'print: a',
  'exec "a"',
  'exec a in b',
  'exec("a")',
  'exec = a',
  'async x = 1',
  'async def f(): pass',
  'async def f():\n  async with a as b, c as d: pass',
  'async def f():\n  async for a in b: pass\n  else: pass',
  'async def f():\n  async while a: pass',
  'async class A: pass',
  'async lambda: 1',
  'async def f():\n  await a.b(c)[d]',
  'async def f():\n  await',
  'async def f():\n  x = await a + await b',
  'async def f():\n  return await a',
  'async def f():\n  print(await a, b=await c)',
  'async def f(x=await a): pass',
  'async def f():\n  def g(x=await a): pass',
  'async def f():\n  class A: x = await a',
  'async def f():\n  class A(await a): pass',
  'async def f():\n  (x async for x in y)',
  'async def f():\n  return {x: y async for x, y in z if await w}',
  'async def f():\n  async x',
  'async def f(): yield',
  'async def f():\n  yield\n  return',
  'async def f():\n  def g(): return 1\n  yield',
  'async def f():\n  return 1\n  yield',
  'async def f():\n  lambda: (yield)\n  return 1',
  'match = 1',
  'match.a = 1',
  'match[0] = 1',
  'match(a)',
  'match (a)',
  'match: int',
  'match a:\n  case 1: pass',
  'match a, b:\n  case 1, 2: pass',
  'match *a, b:\n  case _: pass',
  'match (a):\n  case (b): pass',
  'match -a:\n  case 1: pass',
  'match a:\n  pass',
  'match a:\n  case 1: pass\n  x = 1',
  'match a:\n  case: pass',
  'match:\n  case 1: pass',
  'match a:\n  case x: pass\n  case y: pass',
  'match a:\n  case x if y: pass\n  case z: pass',
  'match a:\n  case (x | _): pass\n  case 1: pass',
  'match a:\n  case _ as x: pass\n  case 1: pass',
  'match a:\n  case A(x, y=x): pass',
  'match a:\n  case {"b": {"c": x}, "d": x}: pass',
  'match a:\n  case [1, [2, *x], x]: pass',
  'match a:\n  case (x, _, _): pass',
  'match a:\n  case 1 | _ | 2: pass',
  'match a:\n  case 1 | (2 | x): pass',
  'case 1: pass',
  'case = 1',
  'type = 1',
  'type(x)',
  'type x',
  'pass = 1',
  'pass x',
  'break = 1',
  'x = pass',
  'x = break',
  'x = return',
  'x = import',
  'x = (return 1)',
  'f(return)',
  '[pass]',
  'if pass: x',
  'x.if',
  'x.import',
  'x.print',
  'x.exec',
  'x.await',
  'x.async',
  'x.nonlocal = 1',
  'x.def()',
  'x.is',
  'x.True',
  'import x.class',
  'import x.y.if as z',
  'from x import for',
  'import in',
  'import x as is',
  'lambda if: 1',
  'lambda x, for: 1',
  'def f(x, if): pass',
  'def f(class=1): pass',
  'def f(*for): pass',
  'def f(**in): pass',
  'f(class=1)',
  'f(if=1)',
  'f(lambda=1)',
  'f(is=1)',
  'nonlocal if',
  'global for',
  'for if in x: pass',
  'for x, in in y: pass',
  'del if',
  'with a as if: pass',
  'def def(): pass',
  'class if: pass',
  '(if := 1)',
  'x = {if: 1}',
  'x = [for]',
  'x = y[is]',
  'class = 1',
  'def = 1',
  'x, is = y',
  'lambda = 1',
  'raise = 1',
  'try = 1',
  'assert = 1',
  'with = 1',
  'yield = 1',
  'nonlocal = 1',
  'except = 1',
  'from = 1',
  'in = 1',
  'as = 1',
  'elif = 1',
  'x = as',
  'x = from',
  'x = except',
  'x = elif',
  'x = global',
  'f(as=1)',
  'f(from=1)',
  'f(global=1)',
  'f(with=1)',
  'f(try=1)',
  'f(raise=1)',
  'f(in=1)',
  'f(or=1)',
  'f(yield=1)',
  'f(nonlocal=1)',
  'f(del=1)',
  ' x = 1',
  '\tx = 1',
  'x = 1\n y = 2',
  'if a:\n  b\n   c',
  'if a:\n  b\n c',
  'if a:\nb',
  'if a:\n\n  # c\n\n  b',
  lines`
    if a:
      b
    # c
      d
  `,
  'if a: b\n  c',
  lines`
    if a:
      b
      else:
      c
  `,
  lines`
    if a:
      if b:
        c
      d
    e
  `,
  lines`
    if a:
      if b:
        c
       d
  `,
  lines`
    def f():
      """a
    b"""
      c
  `,
  lines`
    def f():
        x = (1,
      2)
        y
  `,
  lines`
    def f():
      x = 1 + \
    1
      y
  `,
  'for x in y:\n  pass;\n  z',
  lines`
    class A:
      x = 1

      def f(self): pass

    B
  `,
  'class A:\n  # only a comment',
  'class A:\n  # only a comment\nx = 1',
  lines`
    def f():
      pass

     # c
    x
  `,
  lines`
    if a:
      x = """
    """
      y
  `,
  'if a: pass; b = 1\nelse: c; d',
  'if a: if b: c',
  'if a: for b in c: d',
  'if a: def f(): pass',
  'if a: x = 1; while b: c',
  'x = 1; def f(): pass',
  'x = 1; if a: b',
  'x;',
  'x;;',
  ';x',
  'x; y; z',
];

/** What CPython's parser refuses and nobody writes: it is taken. */
export const untold: ReadonlySet<string> = new Set([
  'x = f"{*a}"',
  'x = [*a for a in b]',
  'x = {*a for a in b}',
  'x = (*a for a in b)',
  lines`
    try: pass
    else: pass
    finally: pass
  `,
  'f(*b for b in c)',
  'print(f"{*x}")',
  '[*x for q in z]',
  '(*x for q in z if r)',
  'match z:\n  case [q, (*x)]: pass',
  'match z:\n  case A(k=(*x)): pass',
  'match z:\n  case {"k": (*x)}: pass',
]);

/** What CPython takes and the grammar doesn't parse. */
export const unparsed: ReadonlySet<string> = new Set(['x = *(y), z', 'x[*(y, z), w]', '*(x), y = z']);
