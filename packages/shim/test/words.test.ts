import { shimSource, unwrapWords, usualShimNeeds, wrapWords } from '@katib-push/shim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything } from './run-shim.ts';

const words = fc.array(fc.string({ unit: 'binary' }));
const options = fc.record({ interpreters: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }) });

describe('the source', () => {
  it('is ASCII', () => {
    expect(shimSource(everything)).toMatch(/^[\0-\x7f]*$/);
  });

  it('is the same for the same needs, and holds what they ask for', () => {
    expect(shimSource({ ...usualShimNeeds })).toBe(shimSource(usualShimNeeds));
    for (const [need, part] of Object.entries({
      customFilters: 'def custom_filters(',
      json: 'def json_reader(',
      ifNone: 'def others_reported(',
      tls: 'def tls_context(',
      file: 'class Followed',
      earlyStopping: 'def watch_rules(',
      primaryPod: 'def is_primary(',
      held: 'class HeldReporter',
    })) {
      expect(shimSource(usualShimNeeds)).not.toContain(part);
      expect(shimSource({ ...usualShimNeeds, held: true, [need]: true })).toContain(part);
    }
  });

  it('gives each name once: its parts share one namespace', () => {
    const given = (text: string) => [...text.matchAll(/^(?:def|class) (\w+)|^(\w+(?:, \w+)*) = /gm)];
    const names = given(shimSource(everything)).flatMap(
      ([, one, several]) => one ?? several?.split(', ') ?? [],
    );
    const twice = names.filter((name, at) => names.indexOf(name) < at);
    // The client's own parts agree on this one.
    expect(twice.filter((name) => name !== 'UNKNOWN')).toEqual([]);
  });
});

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
