import { describe, expect, test } from 'vitest';
import { followLine } from '../../../../test/follow-line.ts';
import { followCommand, outermostLayer, wrappers } from '../../src/index.ts';
import { languages } from './fake-languages.ts';

const follow = (line: string): string => followLine(line, languages);

describe('interpreters', () => {
  test.each([
    ['python train.py --lr 0.1', 'python file train.py (--lr 0.1)'],
    ['/usr/bin/python3.11 -u train.py', 'python file train.py'],
    ["python -c 'print(1)' a", 'python inline print(1) (a)'],
    ["python -uc 'print(1)'", 'python inline print(1)'],
    ["python '-cprint(1)' a", 'python inline print(1) (a)'],
    ["python -Bu -Wignore -W error -X dev -Xutf8 -c 'x'", 'python inline x'],
    ['python --check-hash-based-pycs never x.py', 'python file x.py'],
    ['python --check-hash-based-pycs=never x.py', 'python file x.py'],
    ['python -m train a b', 'python module train (a b)'],
    ['python -um train', 'python module train'],
    ['python -mtrain', 'python module train'],
    ['python - a', 'python stdin (a)'],
    ['python -u', 'python stdin'],
    ['python /dev/stdin', 'python stdin'],
    ['python -- x.py', 'python file x.py'],
    ['python --version', 'nothing'],
    ['python -uV x.py', 'nothing'],
    ['python -Zu x.py', 'python file x.py !'],
    ['python -c', 'unknown: python -c without a program'],
    ['python -m', 'unknown: python -m without a module'],
    ["node -e 'x' a", 'script inline x (a)'],
    ["node --import tsx --eval 'x' a", 'script inline x (a)'],
    ['node --eval=x a', 'script inline x (a)'],
    ["node -p 'x'", 'unknown: node -p is not followed: it prints a value'],
    ["node -pe 'x' a", 'unknown: node -pe is not followed: it prints a value'],
    ['node --eval', 'unknown: node --eval without a program'],
    ['node -r x y.js a', 'script file y.js (a)'],
    ['node - a', 'script stdin (a)'],
    ['runner -c x x.ts a', 'script file x.ts (a)'],
    ['runner -', 'script stdin'],
    ['runner task train', 'unknown: what runner task runs is not in the Experiment'],
    ["joiner -e 'x' a", 'script inline x (a)'],
    ["joiner -e 'x' -e 'y'", 'unknown: joiner is given several texts by -e'],
    ["sh -c 'a' b c", 'shell inline a (b c)'],
    ["bash -ec 'a'", 'shell inline a'],
    ["bash -lc 'a'", 'shell inline a'],
    ["bash -euo pipefail -c 'a'", 'shell inline a'],
    ["bash -xeuc 'a'", 'shell inline a'],
    ["bash -ceuo pipefail 'a'", 'shell inline a'],
    ["bash -c -e 'a'", 'shell inline a'],
    ["bash +e -o pipefail -c 'a'", 'shell inline a'],
    ["bash --rcfile x -c 'a'", 'shell inline a'],
    ["bash --norc -c -- 'a'", 'shell inline a'],
    ['bash x.sh a', 'shell file x.sh (a)'],
    ['bash -s a', 'shell stdin (a)'],
    ['bash', 'shell stdin'],
    ['bash -c', 'unknown: bash -c without a program'],
    ['pythonista x.py', 'command pythonista x.py'],
    ["zsh -c 'a'", 'command zsh -c a'],
  ])('%s', (line, expected) => expect(follow(line)).toBe(expected));
});

/** One line for each name in the table. */
const lines: readonly (readonly [line: string, expected: string])[] = [
  ["env A=1 B= -u X python -c 'x'", 'command -u X python -c x'],
  ["env -u X --unset=Y A=1 B= python -c 'x'", 'python inline x'],
  ['env -i python x.py', 'python file x.py !'],
  ['env - PATH=/bin python x.py', 'python file x.py !'],
  ['env -iu X python x.py', 'python file x.py !'],
  ["env -S 'python3 -u' x.py", 'python file x.py'],
  ["env '-Spython3 -u' x.py", 'python file x.py'],
  ["env --split-string='python3 -u' x.py", 'python file x.py'],
  ['env', 'nothing'],
  ['exec -a name python x.py', 'python file x.py'],
  ['exec -c python x.py', 'python file x.py !'],
  ['command -p python x.py', 'python file x.py'],
  ['builtin echo a', 'command echo a'],
  ['nohup python x.py', 'python file x.py'],
  ['setsid -w python x.py', 'python file x.py'],
  ['time -p python x.py', 'python file x.py'],
  ['/usr/bin/time -f %e -o t.txt python x.py', 'python file x.py'],
  ['gtime python x.py', 'python file x.py'],
  ['catchsegv python x.py', 'python file x.py'],
  ['unbuffer python x.py', 'python file x.py'],
  ['dumb-init -- python x.py', 'python file x.py'],
  ["busybox sh -c 'a'", 'shell inline a'],
  ['caffeinate python x.py', 'python file x.py'],
  ['ltrace python x.py', 'python file x.py'],
  ['nice -n 5 python x.py', 'python file x.py'],
  ['nice -10 python x.py', 'python file x.py'],
  ['nice --adjustment=5 python x.py', 'python file x.py'],
  ['ionice -c 2 -n7 python x.py', 'python file x.py'],
  ['timeout -s KILL -k 5 10m python x.py', 'python file x.py'],
  ['gtimeout --signal=INT 10 python x.py', 'python file x.py'],
  ['timeout 10 -- python x.py', 'python file x.py'],
  ['stdbuf -oL -eL python x.py', 'python file x.py'],
  ['tini -g -- python x.py', 'python file x.py'],
  ['tini-static -- python x.py', 'python file x.py'],
  ['catatonit -- python x.py', 'python file x.py'],
  ['numactl --cpunodebind=0 -m 0 python x.py', 'python file x.py'],
  ['taskset -c 0-3 python x.py', 'python file x.py'],
  ['chrt -f 99 python x.py', 'python file x.py'],
  ["xargs -n 1 -I {} python -c 'x' {}", 'python inline x ({})'],
  ['xvfb-run -a -s opts python x.py', 'python file x.py'],
  ['sudo -u me python x.py', 'python file x.py !'],
  ['sudo -E -u me A=1 python x.py', 'python file x.py'],
  ['doas python x.py', 'python file x.py !'],
  ['gosu me python x.py', 'unknown: gosu is not followed: it runs as another user'],
  ["su me -c 'python x.py'", 'unknown: su is not followed: it runs as another user'],
  ['mpirun -np 2 --allow-run-as-root -x LD_LIBRARY_PATH -mca btl tcp python x.py', 'python file x.py !'],
  ['mpiexec -n 2 python x.py', 'python file x.py !'],
  ['mpiexec.hydra -ppn 1 python x.py', 'python file x.py !'],
  ['orterun python x.py', 'python file x.py !'],
  ['prterun python x.py', 'python file x.py !'],
  ['srun -N 2 --ntasks=4 python x.py', 'python file x.py !'],
  ['pixi run -e x python x.py', 'python file x.py'],
  ['conda run -n base --no-capture-output python x.py', 'python file x.py'],
  ['mamba run -p /opt python x.py', 'python file x.py'],
  ['micromamba run -n base python x.py', 'python file x.py'],
  ['conda install x', 'command conda install x'],
  ['env A=1 nohup nice timeout 9 stdbuf -oL python -u x.py', 'python file x.py'],
  ["sudo env -i bash -c 'a'", 'shell inline a !'],
  ['launch --at 1 x.py a', 'python file x.py (a)'],
  ['launch -m pkg.train a', 'python module pkg.train (a)'],
  ['launch --any ./x', 'command ./x'],
  ['launch', 'nothing'],
  ['python -um launching x.py a', 'python file x.py (a)'],
  ['project run x.js', 'script file x.js'],
  ['project run - a', 'python stdin (a)'],
  ['project run -m pkg', 'python module pkg'],
  ['project run node x.js', 'script file x.js'],
  ['project add x', 'command project add x'],
  ['hub x', 'unknown: hub is not followed: it runs in another place'],
];

describe('commands in front', () => {
  test.each(lines)('%s', (line, expected) => expect(follow(line)).toBe(expected));

  test('what runs elsewhere is not followed', () => {
    for (const { names, runs, because } of wrappers)
      if (runs === 'nothing')
        for (const name of names)
          expect(follow(`${name} host python x.py`)).toBe(`unknown: ${name} is not followed: ${because}`);
  });

  test('every name of the table has a line here, or is the same as one that has', () => {
    const tried = lines.map(([line]) => line).join('\n');
    const missing = wrappers
      .filter(({ runs }) => runs !== 'nothing')
      .filter(({ names }) => !names.some((name) => tried.includes(name)));
    expect(missing).toEqual([]);
  });

  test('too many commands in front of each other are not followed', () => {
    expect(follow(`${'nohup '.repeat(40)}python x.py`)).toMatch(/^unknown: more than 32/);
  });

  test('the interpreter must be known', () => {
    const word = { ...outermostLayer('______', '', ''), opaque: [{ from: 0, to: 6 }] };
    expect(followCommand([word], { languages, dropsEnvironment: false }).kind).toBe('unknown');
    const path = { ...outermostLayer('_____/bin/python', '', ''), opaque: [{ from: 0, to: 5 }] };
    expect(followCommand([path], { languages, dropsEnvironment: true }).kind).toBe('program');
  });
});
