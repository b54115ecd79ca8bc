import { expect, it } from 'vitest';
import { isRewriteOf, unwrapSource } from '../../src/compare/unwrap-source.ts';

const prelude = `_katib_push=lambda f,*_:f; exec("try:exec(__import__('os').environ['KATIB_PUSH_PYTHON'],{'katib_push_into':(globals(),'_katib_push')})%cexcept Exception:pass"%10)`;

const js =
  'function _katib_push(f){return f}void(()=>{try{Function("katib_push_into",globalThis.process.env.KATIB_PUSH_JAVASCRIPT)({bind:f=>{_katib_push=f}})}catch{}})();';

it.each([
  ['    _katib_push(print)(f"loss={loss}")', '    print(f"loss={loss}")'],
  ['    _katib_push(logging.getLogger(")").info)("x")', '    logging.getLogger(")").info("x")'],
  ['list(map(_katib_push(print,1), xs))', 'list(map(print, xs))'],
  ['_katib_push_1(print)(_katib_push_1(str)(x))', 'print(str(x))'],
  ['    _katib_push(print)(', '    print('],
  [`    ${prelude}; import os`, '    import os'],
  [`"""Doc."""; ${prelude}`, '"""Doc."""'],
  [`    ${prelude}; _katib_push(print)(1)`, '    print(1)'],
  [`"use strict";${js}`, '"use strict";'],
  [`${js}const x = 1;`, 'const x = 1;'],
  ['module.exports = { log:_katib_push(log,1), a:_katib_push(b,1) }', 'module.exports = { log, a:b }'],
  ['print(x)', 'print(x)'],
  ['my_katib_push(print)(x)', 'my_katib_push(print)(x)'],
  ['_katib_push(print', '_katib_push(print'],
])('reads %j as %j', (line, before) => {
  expect(unwrapSource(line)).toBe(before);
});

it('knows a directive that got a semicolon from one that had it', () => {
  expect(isRewriteOf(`'use strict';${js}`, "'use strict'")).toBe(true);
  expect(isRewriteOf(`'use strict';${js}`, "'use strict';")).toBe(true);
  expect(isRewriteOf(`'use strict';${js}`, "'use strict'; f()")).toBe(false);
  expect(isRewriteOf("'use strict'", "'use strict'")).toBe(false);
});
