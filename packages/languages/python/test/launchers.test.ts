import { createShell } from '@katib-push/shell';
import { expect, test } from 'vitest';
import { followLine } from '../../../../test/follow-line.ts';
import { launchers } from '../src/launchers.ts';
import { python } from './python.ts';

const languages = [python, createShell()];

/** One line for each name in the table. */
const lines: readonly (readonly [line: string, expected: string])[] = [
  ['ddtrace-run python x.py', 'python file x.py'],
  ['opentelemetry-instrument python x.py', 'python file x.py'],
  ['py-spy record -o p.svg -- python x.py', 'python file x.py'],
  ['torchrun x.py --lr 1', 'python file x.py (--lr 1)'],
  ['torchrun --nproc_per_node=2 --nnodes 1 --rdzv-backend c10d x.py', 'python file x.py'],
  ['torchrun --nproc_per_node 2 -m pkg.train a', 'python module pkg.train (a)'],
  ['torchrun --no-python ./x', 'command ./x'],
  ['python -m torch.distributed.run --nnodes 1 x.py', 'python file x.py'],
  ['python -um torch.distributed.launch --nproc_per_node=2 x.py a', 'python file x.py (a)'],
  ['accelerate launch --num_processes 2 --mixed_precision=fp16 x.py', 'python file x.py'],
  ['accelerate config', 'command accelerate config'],
  ['python -m accelerate.commands.launch --multi_gpu x.py', 'python file x.py'],
  ['deepspeed --num_gpus 2 x.py --deepspeed', 'python file x.py (--deepspeed) !'],
  ['python -m deepspeed.launcher.runner x.py', 'python file x.py !'],
  ['horovodrun -np 4 -H a:1 python x.py', 'python file x.py !'],
  ['python -m cProfile -o out x.py', 'python file x.py'],
  ['python -m profile x.py', 'python file x.py'],
  ['python -m pdb x.py', 'python file x.py'],
  ['python -m debugpy --listen 5678 x.py', 'python file x.py'],
  ['coverage run --source=a x.py', 'python file x.py'],
  ['python -m coverage run -m pkg', 'python module pkg'],
  ['kernprof -l x.py', 'python file x.py'],
  ['scalene x.py', 'python file x.py'],
  ['ipexrun x.py', 'python file x.py'],
  ['uv run x.py a', 'python file x.py (a)'],
  ['uv run --with numpy -p 3.12 python x.py', 'python file x.py'],
  ['uv --quiet run x.sh', 'shell file x.sh'],
  ['uv run -m pkg', 'python module pkg'],
  ['uv run -', 'python stdin'],
  ['uv pip install x', 'command uv pip install x'],
  ['poetry run python x.py', 'python file x.py'],
  ['pipenv run python x.py', 'python file x.py'],
  ['pdm run python x.py', 'python file x.py'],
  ['hatch -e x run python x.py', 'python file x.py'],
  ['rye run python x.py', 'python file x.py'],
];

test.each(lines)('%s', (line, expected) => expect(followLine(line, languages)).toBe(expected));

test('what is named in a file is not followed', () => {
  for (const { names, runs, because } of launchers)
    if (runs === 'nothing')
      for (const name of names)
        expect(followLine(`${name} x`, languages)).toBe(`unknown: ${name} is not followed: ${because}`);
});

test('every launcher has a line here, or is the same as one that has', () => {
  const tried = lines.map(([line]) => line).join('\n');
  const missing = launchers
    .filter(({ runs }) => runs !== 'nothing')
    .filter(({ names }) => !names.some((name) => tried.includes(name)));
  expect(missing).toEqual([]);
});
