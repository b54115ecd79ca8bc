import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromFragment, toFragment } from '../src/page/link.ts';
import { isManifest, kinds, type Setup } from '../src/page/setup.ts';

const setups: fc.Arbitrary<Setup> = fc.record({
  text: fc.string({ unit: 'grapheme' }),
  kind: fc.constantFrom(...(Object.keys(kinds) as Setup['kind'][])),
  metrics: fc.string(),
  filters: fc.string(),
  log: fc.string(),
});

describe('a link', () => {
  it('holds the whole setup, in characters that no mail breaks', async () => {
    await fc.assert(
      fc.asyncProperty(setups, async (setup) => {
        const fragment = await toFragment(setup);
        expect(fragment).toMatch(/^#v1=[\w-]+$/);
        expect(await fromFragment(fragment)).toEqual(setup);
      }),
    );
  });

  it('that was not made here is nothing', async () => {
    const foreign = await toFragment({ text: 1, kind: 'python' } as unknown as Setup);
    const unknown = await toFragment({
      text: '',
      kind: 'toString',
      metrics: '',
      filters: '',
      log: '',
    } as unknown as Setup);
    for (const fragment of ['', '#', '#top', '#v1=', '#v1=AAAA', '#v1=%', foreign, unknown])
      expect(await fromFragment(fragment)).toBeUndefined();
  });
});

it('tells manifests from scripts', () => {
  for (const text of [
    'apiVersion: x',
    '# a\nkind: Experiment\n',
    '{"kind": "List"}',
    '"kind" : "Experiment"',
    '{ "items": []',
  ])
    expect(isManifest(text)).toBe(true);
  for (const text of ['', 'print("kind: x")', '  kind: x', 'const kind = 1', 'kind: str = 1'])
    expect(isManifest(text)).toBe(false);
});
