import { describe, expect, it } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { createShell } from '../src/index.ts';

const { host } = createShell();
const isWanted = (name: string) => /^python[\d.]*$/.test(name);
const sure = (...words: readonly string[]) => host?.sureCommand(words, isWanted);
const inText = (text: string) => sure('sh', '-c', text);

describe('it surely runs', () => {
  it.each<readonly [words: readonly string[], word: string]>([
    [['python', 'train.py'], 'python'],
    [['python3', '-u', '-c', 'print(1)'], 'python3'],
    [['python3.11', 'train.py'], 'python3.11'],
    [['/opt/conda/bin/python', 'train.py'], '/opt/conda/bin/python'],
    [['venv/bin/python', 'train.py'], 'venv/bin/python'],
    [['python', '${trialParameters.script}'], 'python'],
    [['python', '-m', 'torch.distributed.run', 'train.py'], 'python'],
    [['nohup', 'python3', 'train.py'], 'python3'],
    [['exec', 'python3', 'train.py'], 'python3'],
    [['timeout', '-k', '9', '10', 'python3', 'train.py'], 'python3'],
    [['env', '-u', 'B', 'A=1', 'nice', '-n', '5', 'python3', 'train.py'], 'python3'],
    [['env', '-S', 'python3 -u', 'train.py'], 'python3'],
    [['tini', '--', 'sh', '-c', 'python3 train.py'], 'python3'],
    [['dumb-init', '-r', '15:2', '--', 'python3', 'train.py'], 'python3'],
    [['bash', '-euo', 'pipefail', '-c', 'python3 train.py'], 'python3'],
    [['/bin/sh', '-ec', 'python3 train.py'], 'python3'],
    [['sh', '-c', 'bash -c "python3 train.py"'], 'python3'],
  ])('%j', (words, word) => {
    expect(sure(...words)).toEqual({ word });
  });

  it.each([
    'python3 train.py',
    'cd /app && python3 train.py',
    'cd /app; /usr/bin/python3 train.py',
    'exec python3 train.py "$@"',
    'pip install -r requirements.txt && python3 train.py',
    'python3 -m pip install x\npython3 train.py',
    'python3 train.py && apt-get install -y x',
    'python3 -m venv v && . v/bin/activate && python train.py',
    'export A=1; B=2 python3 train.py',
    'export PATH; python3 train.py',
    'echo start; nvidia-smi; ls -l; python3 train.py | tee log',
    'git clone https://example.com/x && cd x && python3 train.py',
    'wget -q https://example.com/x.csv; mkdir -p out; python3 train.py',
    'for i in 1 2; do python3 train.py $i; done',
    'run() { python3 train.py; }; run',
    'if [ -f a ]; then python3 a.py; else python3 b.py; fi',
    'if ! [ -x "$(command -v pip)" ]; then python3 -m ensurepip || apt-get install python-pip; fi; python3 a.py',
    'while ! nc -z db 80; do sleep 1; done; python3 train.py',
    'X=$(python3 -c "print(1)"); conda activate base',
    lines`
      read -r -d "" S << EOM
      print($x)
      EOM
      printf "%s" "$S" > a.py
      python3 -u a.py
    `,
    '(cd x && python3 train.py) > log 2>&1',
    'time python3 train.py',
    'set -euo pipefail; python3 train.py',
    'python3 train.py & wait',
    'test -d x && echo there; python3 train.py',
    'echo "print(1)" | python3 -',
    'env "A=$B" python3 train.py',
    'bash -c "python3 train.py --lr $LR"',
    '[ -d x ] || mkdir x && python3 train.py',
  ])('in %s', (text) => {
    expect(inText(text)).toMatchObject({ word: expect.stringMatching(/python3$/) });
  });
});

describe('it is not sure', () => {
  it.each<readonly [words: readonly string[], why: RegExp]>([
    [['/app/run'], /it runs run first/],
    [['torchrun', 'train.py'], /it runs torchrun first/],
    [['accelerate', 'launch', 'train.py'], /it runs accelerate first/],
    [['mpirun', '-np', '2', 'python', 'train.py'], /mpirun may set up something first/],
    [['uv', 'run', 'python', 'train.py'], /uv may/],
    [['conda', 'run', '-n', 'x', 'python', 'train.py'], /conda may/],
    [['poetry', 'run', 'python', 'train.py'], /poetry may/],
    [['sudo', 'python', 'train.py'], /sudo may/],
    [['env', '-i', 'python', 'train.py'], /env empties/],
    [['env', '-', 'python', 'train.py'], /env empties/],
    [['env', 'PATH=/x', 'python', 'train.py'], /env sets PATH/],
    [['env', '-u', 'PATH', 'python', 'train.py'], /env takes PATH away/],
    [['env', '--unset=PATH', 'python', 'train.py'], /env takes PATH away/],
    [['env', '-C', '/app', 'venv/bin/python', 'train.py'], /the folder changes/],
    [['chroot', '/x', 'python', 'train.py'], /chroot may/],
    [['bash', 'run.sh'], /bash runs a script that is not read/],
    [['bash', '-lc', 'python train.py'], /reads a profile/],
    [['bash', '--login', '-c', 'python train.py'], /reads a profile/],
    [['Rscript', 'train.R'], /it runs Rscript first/],
    [['${trialParameters.python}', 'train.py'], /known only at run time/],
    [['/opt/${trialParameters.env}/bin/python', 'train.py'], /known only at run time/],
    [['python', '--version'], /no command that surely runs is one/],
    [['echo', 'accuracy=1'], /no command that surely runs is one/],
    [['env'], /no command that surely runs/],
    [[], /no command that surely runs/],
  ])('%j', (words, why) => {
    expect(sure(...words)).toEqual({ hindrance: expect.stringMatching(why) });
  });

  it.each<readonly [text: string, why: RegExp]>([
    ['apt-get update && apt-get install -y python3; python3 train.py', /apt-get may install/],
    ['apk add python3; python3 train.py', /apk may install/],
    ['conda install -y python; python train.py', /conda may/],
    ['uv pip install x; python train.py', /uv may/],
    ['eval "$(conda shell.bash hook)"; conda activate x; python train.py', /conda may|eval may/],
    ['source venv/bin/activate; python train.py', /source may/],
    ['. venv/bin/activate && python train.py', /\. may/],
    ['PATH=/opt/bin:$PATH; python train.py', /PATH is assigned/],
    ['PATH=/opt/bin python train.py', /PATH is assigned/],
    ['for PATH in /opt/*; do :; done; python train.py', /PATH is assigned/],
    ['select PATH in a b; do break; done; python train.py', /PATH is assigned/],
    ['printf -v PATH %s /opt/bin; python train.py', /printf changes PATH/],
    ['mapfile -t PATH < dirs; python train.py', /mapfile changes PATH/],
    ['export PATH=/opt/bin:$PATH; python train.py', /export changes PATH/],
    ['export PATH="/opt/bin:$PATH" && python train.py', /export changes PATH/],
    ['export "PATH=/opt/bin:$PATH"; python train.py', /export changes PATH/],
    ['export $(cat .env); python train.py', /export sets variables that are known only at run time/],
    ['unset PATH; python train.py', /unset changes PATH/],
    ['cd /app && venv/bin/python train.py', /the folder changes before venv/],
    ['pushd /app; ./python train.py', /the folder changes/],
    ['tar xf env.tar.gz && /env/bin/python train.py', /may be made by the script/],
    ['curl -sL https://example.com/x | sh; python train.py', /sh runs a script that is not read/],
    ['./setup.sh && python train.py', /it runs setup.sh first/],
    ['$PYTHON train.py', /known only at run time/],
    ['~/venv/bin/python train.py', /known only at run time/],
    ['bash -c "$SETUP; python train.py"', /known only at run time/],
    ['"$(which python3)" train.py', /known only at run time/],
    ['alias python=python3; python train.py', /alias may/],
    ['python() { python3 "$@"; }; python train.py', /python is a function/],
    ['command -v python3 || apt-get install -y python3; python3 train.py', /apt-get may install/],
    ['python3 --version || apt-get install -y python3; python3 train.py', /apt-get may install/],
    ['if [ -f x ]; then python a.py; fi', /no command that surely runs is one/],
    ['[ -f x ] && python a.py', /no command that surely runs is one/],
    ['[ -f x ] || python a.py', /no command that surely runs is one/],
    ['which python && echo found && python a.py || ./a', /it runs a first/],
    ['case x in y) python a.py;; esac', /no command that surely runs is one/],
    ['while read -r x; do python a.py; done', /no command that surely runs is one/],
    ['if [ -f x ]; then apt-get install y; fi; python a.py', /apt-get may install/],
    ['ln -s /usr/bin/python3 /usr/bin/python; python a.py', /ln may/],
    ['run() { python a.py; }', /no command that surely runs is one/],
    ['run() { run; }; run; python a.py', /functions call each other too deep/],
    ['echo "accuracy=1"', /no command that surely runs is one/],
    ['x=$(./configure); python a.py', /it runs configure first/],
    ['x=(a $(./configure)); python a.py', /it runs configure first/],
    ['cat <<E\n$(./configure)\nE\npython a.py', /it runs configure first/],
    ['echo $(( $(./configure) )); python a.py', /it runs configure first/],
    ['(', /can't be read/],
  ])('in %s', (text, why) => {
    expect(inText(text)).toEqual({ hindrance: expect.stringMatching(why) });
  });
});
