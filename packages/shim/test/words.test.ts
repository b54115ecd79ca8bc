import { unwrapWords, wrapWords } from '@katib-push/shim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const words = fc.array(fc.string({ unit: 'binary' }));
const options = fc.record({ interpreters: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }) });

describe('words under the shim', () => {
  it('come out as they went in, whatever interpreters are tried', () => {
    fc.assert(
      fc.property(words, options, (given, how) => {
        expect(unwrapWords(wrapWords(given, how))).toEqual(given);
      }),
    );
  });

  it('are put under it once', () => {
    fc.assert(
      fc.property(words, options, options, (given, one, other) => {
        const once = wrapWords(given, one);
        expect(wrapWords(once, other)).toEqual(once);
      }),
    );
  });

  it('may have more words behind them: what Kubernetes appends', () => {
    expect(unwrapWords([...wrapWords(['python', 'train.py']), '--lr', '0.1'])).toEqual([
      'python',
      'train.py',
      '--lr',
      '0.1',
    ]);
  });

  it.each([
    [[]],
    [['python', 'train.py']],
    [['sh', '-c', 'python train.py']],
    [['sh', '-c', '# katib-push: mine', 'sh', 'echo']],
    [['bash', ...wrapWords(['true']).slice(1)]],
  ])('%j are not', (given) => {
    expect(unwrapWords(given)).toBeUndefined();
  });

  it('hold nothing in front that the kubelet or Katib would replace', () => {
    expect(wrapWords([], { interpreters: ["it's"] }).join('\n')).not.toMatch(/\$[({$]/);
  });
});
