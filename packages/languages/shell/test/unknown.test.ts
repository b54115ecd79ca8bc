import { describe, expect, test } from 'vitest';
import { limits } from '../src/limits.ts';
import { pythonOf, unknownOf, unwrapScript } from './unwrap-argv.ts';

describe('what is not followed is reported', () => {
  test.each([
    ['python /opt/train.py --lr 1', 'script-in-image', 'the script is in the image: /opt/train.py'],
    ['python train.py', 'script-in-image', 'the script is in the image: train.py'],
    ['python -m pkg.train', 'script-in-image', 'the module is in the image: pkg.train'],
    ['cd /app && torchrun train.py', 'script-in-image', 'the script is in the image: train.py'],
    ['./run.sh', 'script-in-image', 'the program is in the image: ./run.sh'],
    ['bash run.sh', 'script-in-image', 'the script is in the image: run.sh'],
    ['. ./lib.sh', 'script-in-image', 'the script is in the image: ./lib.sh'],
    ['my-binary --x', 'unknown-command', 'my-binary may write metrics'],
    ['java -jar x.jar', 'unknown-command', 'java may write metrics'],
    ['go run main.go', 'unknown-command', 'go may write metrics'],
    ['cat results.txt', 'unknown-command', 'cat prints a file that is not in the Experiment'],
    ['tail -n 5 log.txt', 'unknown-command', 'tail prints a file that is not in the Experiment'],
    ["python -c 'x' > log; cat log", 'unknown-command', 'cat prints a file that is not in the Experiment'],
    ['awk \'BEGIN {print "loss=1"}\'', 'unknown-command', 'awk prints text of its own'],
    ['python', 'not-followed', "python reads its program from the container's standard input"],
    [
      'curl -s http://x/y.py | python',
      'not-followed',
      'the program that python reads is known only at run time',
    ],
    ['python < "$f"', 'not-followed', 'the program that python reads is known only at run time'],
    ['python "$SCRIPT"', 'not-followed', 'which script is run is known only at run time: $SCRIPT'],
    ['python -c "$CODE"', 'not-followed', 'the text of python -c is known only at run time'],
    [
      'python ${trialParameters.f}',
      'not-followed',
      'which script is run is known only at run time: ${trialParameters.f}',
    ],
    ["awk -v a=$LR 'BEGIN {print a}'", 'unknown-command', 'awk prints text of its own'],
    ['grep loss < log', 'unknown-command', 'grep prints a file that is not in the Experiment'],
    ['"$PYTHON" x.py', 'not-followed', 'the command is known only at run time'],
    ['eval "$X"', 'not-followed', 'eval runs text that is known only at run time'],
    [
      'base64 -d <<< eA== > x.py; python x.py',
      'not-followed',
      'the text of x.py is not known: it is written by base64',
    ],
    [
      "echo 'x' > t.in; envsubst < t.in > t.py; python t.py",
      'not-followed',
      'the text of t.py is not known: it is written by envsubst',
    ],
    ['ssh host python x.py', 'not-followed', 'ssh is not followed: it runs in another place'],
    [
      'make train',
      'not-followed',
      'make is not followed: what it runs is named in a file that is not in the Experiment',
    ],
    ['find . -name "*.py" -exec python {} +', 'not-followed', 'what find runs is put together at run time'],
    [
      'while read -r l; do python -c "$l"; done < x',
      'not-followed',
      'the text of python -c is known only at run time',
    ],
    ['echo "a', 'shell-syntax-error', "the shell text can't be read: unterminated double quote"],
    ['if true; then python x.py', 'shell-syntax-error', /^the shell text can't be read/],
  ])('%s', (script, code, reason) => {
    const found = unknownOf(unwrapScript(script));
    expect(found).toHaveLength(1);
    expect(found[0]?.code).toBe(code);
    if (typeof reason === 'string') expect(found[0]?.reason).toBe(reason);
    else expect(found[0]?.reason).toMatch(reason);
  });

  test('with its place in the script', () => {
    const script = 'echo a\npython   /opt/x.py --a # comment';
    const [found] = unknownOf(unwrapScript(script));
    expect(found?.layer.text.slice(found.range.from, found.range.to)).toBe('python   /opt/x.py --a');
    expect(found?.command).toBe('python /opt/x.py --a');
  });

  test('of a text with a syntax error nothing else is said', () => {
    expect(unwrapScript("python -c 'x'; )")).toHaveLength(2);
  });

  test('scripts that run each other without end', () => {
    expect(unknownOf(unwrapScript("echo 'bash x.sh' > x.sh; bash x.sh"))).toMatchObject([
      { code: 'not-followed', reason: 'scripts run each other too deep' },
    ]);
    const reasons = new Set(unknownOf(unwrapScript('f() { f; f; }; f')).map(({ reason }) => reason));
    expect([...reasons]).toEqual(['functions call each other too deep', 'more than 5000 commands']);
  });

  test('what depends on the way taken, or is reached through a variable', () => {
    const reasons = (script: string) => unknownOf(unwrapScript(script)).map(({ reason }) => reason);
    expect(reasons("if test -d x; then f() { python -c 'x'; }; fi; f")).toEqual([
      'what f is depends on the way taken',
    ]);
    expect(reasons("exec {fd}>t.py; echo 'x' >&$fd; python t.py")).toEqual([
      'the text of t.py is not known: it is written through a descriptor in a variable',
    ]);
    expect(reasons("coproc python -c 'x'")).toEqual(['coproc is not followed']);
  });
});

describe('what lies behind a limit is unknown, and reported', () => {
  const ways = Array.from({ length: limits.choices + 1 }, (_, i) => `${i}) echo 'x${i}' > t.py;;`);
  test.each([
    ['commands', `${'echo\n'.repeat(limits.commands)}echo`, 'more than 5000 commands'],
    ['calls', 'f() { f; }; f', 'functions call each other too deep'],
    ['eval', 'f() { eval f; }; eval f', 'eval and source nest too deep'],
    [
      'words of a loop',
      `for i in ${'a '.repeat(limits.loopWords + 1)}; do python -c "$i"; done`,
      'the text of python -c is known only at run time',
    ],
    [
      'texts of a file',
      `case $x in ${ways.join(' ')} *) exit;; esac; python t.py`,
      'the text of t.py is not known: there are too many ways to write it',
    ],
  ])('%s', (_, script, reason) =>
    expect(unknownOf(unwrapScript(script)).map((program) => program.reason)).toContain(reason),
  );

  test('a descriptor may have any number', () => {
    const [program] = pythonOf(unwrapScript("exec 999999999>log; python -c 'x' >&999999999"));
    expect(program?.output.reason).toBe('stdout goes to the file log');
  });
});

describe('what prints no metric is not reported', () => {
  test.each([
    'cd /x; mkdir -p a; export A=1; ls; sleep 1; chmod +x a; rm -rf a; wait',
    'pip install -q numpy && apt-get update -y',
    'python -m pip install numpy; python3 -m ensurepip || true; python --version',
    'git clone https://x/y && cd y; wget -q x; curl -O x; tar xf x',
    'set -euo pipefail; set -x; ulimit -c 0; umask 022; shopt -s nullglob',
    '[ -f x ] && echo yes; [[ -z $A ]] || echo no; test -d / && :',
    'nvidia-smi; date; env; df -h; free; cat /etc/os-release; head /proc/cpuinfo',
    'source /opt/conda/etc/profile.d/conda.sh && conda activate x; . venv/bin/activate; eval "$(conda shell.bash hook)"',
    'VERSION=$(my-tool --version); my-tool > /dev/null 2>&1',
    'i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; for f in a b; do cp $f x/; done',
    'trap "echo bye" EXIT; exit 0',
    'IFS=, read -r a b <<< "1,2"; unset a; local b; shift; true',
    'case $A in x) echo x;; esac; (( 1 + 1 )); select x in a; do break; done',
    '/usr/bin/env; /bin/ls; /usr/local/bin/pip list',
  ])('%s', (script) => expect(unknownOf(unwrapScript(script))).toEqual([]));
});

describe('a text that can be read and not edited', () => {
  test.each([
    ["echo 'x' > t.py; sed -i s/x/y/ t.py; python t.py", /^sed changes/],
    ["echo 'x' > t.py; sed --in-place=.bak s/x/y/ t.py; python t.py", /^sed changes/],
    ["echo 'x' > t.in; sed s/x/y/ t.in > t.py; python t.py", /^sed changes/],
    ["cat <<'E' | sed s/x/y/ | python\nx\nE", /^sed changes/],
    ["echo 'x' >> t.py; python t.py", /^the text is appended/],
    ['S=\'print(1)\'; python -c "import x\n$S"', /^the text is put together/],
    ["printf '%s\\n' b >> t.py; python t.py", /^the text is appended/],
  ])('%s', (script, reason) => {
    const [program] = pythonOf(unwrapScript(script));
    expect(program?.layer.readOnly).toMatch(reason);
  });

  test("what sh's echo makes of a backslash", () => {
    const script = 'echo \'print("\\n")\' | python';
    expect(pythonOf(unwrapScript(script, 'sh'))[0]?.layer.readOnly).toMatch(/sh is dash or bash/);
    expect(pythonOf(unwrapScript(script, 'bash'))[0]?.layer.readOnly).toBeUndefined();
    expect(pythonOf(unwrapScript("echo -e 'x' | python", 'sh'))[0]?.layer.readOnly).toMatch(
      /sh is dash or bash/,
    );
    expect(pythonOf(unwrapScript("echo 'x' | python", 'sh'))[0]?.layer.readOnly).toBeUndefined();
  });
});
