import { describe, expect, test } from 'vitest';
import { describeRewrites } from '../../../../test/languages/describe-rewrites.ts';
import { questions, showStatements } from './javascript.ts';
import { REWRITES } from './rewrites.ts';

describeRewrites(REWRITES, questions);

describe('what is said of a statement', () => {
  test.each([
    ['console.log(1)', ['console.log(1) [console.log]']],
    ['f(console.warn)', ['console.warn [console.warn, value]']],
    ['console.log(1)  // katib-push: ignore why', ['console.log(1) [console.log, suppressed: why]']],
    ['/* katib-push: ignore */\nconsole.log(1)', ['console.log(1) [console.log, suppressed: ]']],
    [
      'process.stdout.end("a=1")',
      [
        'process.stdout.end("a=1") [process.stdout.end, cannot: end writes past the write that the client reads]',
      ],
    ],
    [
      'const { log } = console; with (x) log(1)',
      ['log(1) [console.log, cannot: within a with statement, the name may be a method]'],
    ],
    [
      'function _katib_push(f){return f}\n_katib_push(console).log(1); f(_katib_push(console.log,1)); _katib_push(log)(1)\nconst { log } = console',
      [
        '_katib_push(console).log(1) [console.log, wrapped]',
        '_katib_push(console.log,1) [console.log, value, wrapped]',
        '_katib_push(log)(1) [console.log, wrapped]',
      ],
    ],
  ])('%s', (text, shown) => {
    expect(showStatements(text)).toEqual(shown);
  });
});
