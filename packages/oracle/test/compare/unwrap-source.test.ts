import { expect, it } from 'vitest';
import { unwrapSource } from '../../src/compare/unwrap-source.ts';

const prelude = `_katib_push=lambda f,*_:f; exec("try:exec(__import__('os').environ['KATIB_PUSH_PYTHON'],{'katib_push_into':(globals(),'_katib_push')})%cexcept Exception:pass"%10)`;

it.each([
  ['    _katib_push(print)(f"loss={loss}")', '    print(f"loss={loss}")'],
  ['    _katib_push(logging.getLogger(")").info)("x")', '    logging.getLogger(")").info("x")'],
  ['list(map(_katib_push(print,1), xs))', 'list(map(print, xs))'],
  ['_katib_push_1(print)(_katib_push_1(str)(x))', 'print(str(x))'],
  ['    _katib_push(print)(', '    print('],
  [`    ${prelude}; import os`, '    import os'],
  [`"""Doc."""; ${prelude}`, '"""Doc."""'],
  [`    ${prelude}; _katib_push(print)(1)`, '    print(1)'],
  ['print(x)', 'print(x)'],
  ['my_katib_push(print)(x)', 'my_katib_push(print)(x)'],
  ['_katib_push(print', '_katib_push(print'],
])('reads %j as %j', (line, before) => {
  expect(unwrapSource(line)).toBe(before);
});
