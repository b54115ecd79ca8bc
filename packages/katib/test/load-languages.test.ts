import { expect, it, vi } from 'vitest';
import { loadLanguages } from '../src/load-languages.ts';

vi.mock('../src/languages.ts', () => {
  let loading = 0;
  const create = (name: string) => async () => {
    if (loading++ > 0) throw new Error(`${name} is loaded while another one is`);
    await new Promise(setImmediate);
    loading--;
    return { name };
  };
  return { createOne: create('one'), createTwo: create('two'), createThree: create('three') };
});

it('loads one language at a time, in order', async () => {
  const languages = await loadLanguages();
  expect(languages.map(({ name }) => name)).toEqual(['one', 'two', 'three']);
});
