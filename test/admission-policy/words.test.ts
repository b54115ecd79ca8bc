import { createAdmissionPolicy, rewriteTrial } from '@katib-push/katib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeTrial } from '../cases/summarize.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import { variant } from './fixture-trials.ts';

const policy = createAdmissionPolicy();

const shells = ['sh', 'bash', '/bin/sh', '/usr/bin/bash', 'dash'];
const words = [
  ...[
    ...shells,
    '-c',
    '-ec',
    'python3',
    'pypy3',
    '/x/python3.11',
    '/opt/a b/python',
    'env',
    'exec',
    'cd',
    '[',
    'for',
  ],
  ...[
    'train.py',
    'python3 train.py',
    'python3 a.py && echo done',
    '--lr=0.1',
    '',
    'A=b',
    'a b',
    'é',
    '\u2028',
    '&&',
  ],
  ...[
    'echo "x',
    '"python3 train.py"',
    "it's",
    'x\ny',
    '\r',
    '$(HOME)',
    '$HOME',
    '${trialParameters.lr}',
    '~',
    '*',
    '\\',
    '#x',
    '`ls`',
  ],
  '/var/log/katib/x',
];
const anyWords = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 });
const shellsWords = fc
  .tuple(fc.constantFrom(...shells), anyWords)
  .map(([shell, rest]) => [shell, '-c', ...rest]);

/** Without the interpreters that are tried: a policy looks for none in the text of a shell. */
const describe = (trial: unknown): string =>
  describeTrial(trial).replace(/\(the shim's front: .*?\)/, '(the front)');

test('words are taken as rewriteTrial takes them, or left', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyWords, shellsWords), fc.nat(), async (all, at) => {
      const commands = 1 + (at % all.length);
      const trial = variant('captured-image-script', (_, container) => {
        container.command = all.slice(0, commands);
        if (commands < all.length) container.args = all.slice(commands);
      });
      const found = evaluatePolicy(policy, trial);
      if ('left' in found) return;
      taken++;
      expect(describe(found.trial)).toBe(describe((await rewriteTrial(trial)).trial));
    }),
    { numRuns: 600 },
  );
  expect(taken).toBeGreaterThan(60);
});
