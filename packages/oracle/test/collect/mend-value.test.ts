import { describe, expect, it } from 'vitest';
import { mendValue } from '../../src/collect/mend-value.ts';

const mend = (text: string) => mendValue('', text, 0);

describe('a value that is no number', () => {
  it.each([
    ['tensor(0.5)', '0.5'],
    ["tensor([1.0000e-05], device='cuda:0', grad_fn=<NllLossBackward0>) x", '1.0000e-05'],
    ['[[ +1. ]]', '+1.'],
    ['tf.Tensor(.5, shape=(), dtype=float32)', '.5'],
    ['(0.5,)', '0.5'],
    ['[np.float64(7)]', '7'],
    ['[[[[[1]]]]]', '1'],
    [`tensor(0.5, a=${'x'.repeat(600)})`, '0.5'],
  ])('%s: the number is pushed', (text, pushed) => {
    expect(mend(text)).toEqual({ pushed, notFinite: false });
  });

  it.each(['nan', 'NaN|', '-inf', '+Infinity', 'tensor(nan)', '[-inf]'])('%s is not finite', (text) => {
    expect(mend(text)).toMatchObject({ notFinite: true });
  });

  it.each([
    '',
    'nano',
    'inf_1',
    'tensor(0.5',
    'tensor(0.5]',
    '[0.5, 0.3]',
    '(0.5+1j)',
    'Adam(0.1)',
    'tensor(0.5, 3)',
    'tensor(0.5, =3)',
    '[1e]',
    'x[1]',
  ])('%s: nothing is pushed', (text) => {
    expect(mend(text)).toEqual({ pushed: '', notFinite: false });
  });

  it('a sign belongs to what is behind it, if that is not finite', () => {
    expect(mendValue('-', 'loss=-inf', 6)).toEqual({ pushed: '-inf', notFinite: true });
    expect(mendValue('-', 'loss=- 1', 6)).toEqual({ pushed: '', notFinite: false });
    expect(mendValue('0.5', 'loss=0.5', 8)).toEqual({ pushed: '0.5', notFinite: false });
  });
});
