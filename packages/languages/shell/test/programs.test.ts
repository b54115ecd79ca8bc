import { describe, expect, test } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { languages, pythonOf, shell, unwrapArgv, unwrapScript } from './unwrap-argv.ts';

const textsOf = (script: string) => pythonOf(unwrapScript(script)).map(({ layer }) => layer.text);

describe('which programs', () => {
  test('in the order in which they are run, the shell texts among them', () => {
    const programs = unwrapScript("python -c 'a'; bash -c \"python -c 'b'\"; python -c 'c'");
    expect(
      programs.map((program) =>
        program.kind === 'text' ? `${program.language.name} ${program.name}` : program.code,
      ),
    ).toEqual(['shell bash -c', 'python python -c', 'shell bash -c', 'python python -c', 'python python -c']);
  });

  test('the name is the file, or how it is run', () => {
    const names = (script: string) => pythonOf(unwrapScript(script)).map(({ name }) => name);
    expect(
      names('d=$(mktemp -d); echo x > "$d/ephemeral_script.py"; python "$d/ephemeral_script.py"'),
    ).toEqual(['ephemeral_script.py']);
    expect(names("python3 -uc 'x'; python - <<< y")).toEqual(['python3 -c', 'stdin']);
  });

  test('the layers say what holds the text', () => {
    const [program] = pythonOf(
      unwrapScript(lines`
      cat > x.py <<'EOM'
      x
      EOM
      python x.py
    `),
    );
    expect(program?.layer.label).toBe('heredoc EOM');
    expect(program?.layer.host?.label).toBe('command 2');
  });

  test('one text run twice is one program', () => {
    expect(textsOf('S=\'x\'; python -c "$S"; python -c "$S"')).toEqual(['x']);
    expect(textsOf('echo x > t.py; python t.py 1; python t.py 2')).toEqual(['x\n']);
    expect(textsOf('for i in 1 2 3; do python -c "lr=$i"; done')).toHaveLength(1);
  });

  test.each([
    'x=$(( $(P) + 1 ))',
    'echo "$(( `P` ))"',
    '(( $(P) ))',
    '[[ $(P) == x ]]',
    'echo ${x:-$(P)}',
    'echo ${x/$(P)/b}',
    'echo ${x:$(P):1}',
    'echo ${x[$(P)]}',
    'a[$(P)]=1',
    'x[1]=$(P)',
    'x=(a $(P))',
    'export A=$(P)',
    'case x in $(P)) :;; esac',
    'for ((i=$(P);i<1;i++)); do :; done',
    'for i in $(P); do :; done',
    'select x in $(P); do break; done',
    'echo {a,$(P)}',
    'echo *$(P)*',
    'echo > $(P)',
    'cat <<< "$(P)"',
    'cat <<E\n$(( $(P) ))\nE',
  ])('what is substituted in %s', (script) =>
    expect(textsOf(script.replace('P', "python -c 'x'"))).toEqual(['x']),
  );

  test('both ways of an if are candidates', () => {
    const script = (run: string) =>
      `if test -f x; then S='a'; echo a > t.py; else S='b'; echo b > t.py; fi; ${run}`;
    expect(textsOf(script('python -c "$S"'))).toEqual(['a', 'b']);
    expect(textsOf(script('python t.py'))).toEqual(['a\n', 'b\n']);
    expect(textsOf("S='a'; test -f x && S='b'; python -c \"$S\"")).toEqual(['a', 'b']);
    expect(textsOf("case $X in a) S='a';; b) S='b';; *) exit 1;; esac; python -c \"$S\"")).toEqual([
      'a',
      'b',
    ]);
    expect(textsOf("S='a'; test -f x || { S='b'; exit 1; }; python -c \"$S\"")).toEqual(['a']);
  });

  test('a variable has the text that it has at that moment', () => {
    expect(textsOf('S=\'a\'; python -c "$S"; S=\'b\'; python -c "$S"')).toEqual(['a', 'b']);
    expect(textsOf('d=/a; echo x > $d/t.py; d=/b; python $d/t.py')).toEqual([]);
    expect(textsOf('echo x > a.py; /bin/mv a.py b.py; python a.py; python b.py')).toEqual(['x\n']);
    expect(unwrapScript('echo x > a.py; /bin/mv a.py b.py; python a.py')).toMatchObject([
      {},
      { code: 'script-in-image' },
    ]);
    expect(textsOf("S='a'; (S='b'); python -c \"$S\"")).toEqual(['a']);
    expect(textsOf("S='a'; f() { local S='b'; }; f; echo")).toEqual([]);
  });

  test('the environment that something in front may drop', () => {
    const drops = (script: string) =>
      pythonOf(unwrapScript(script)).map(({ dropsEnvironment }) => dropsEnvironment);
    expect(drops("python -c 'x'")).toEqual([false]);
    expect(drops("env -i python -c 'x'")).toEqual([true]);
    expect(drops('sudo -u me bash -c "python -c \'x\'"')).toEqual([true]);
    expect(drops("sudo -E python -c 'x'")).toEqual([false]);
    expect(drops('echo x > t.py; mpirun -np 2 python t.py; python t.py')).toEqual([true]);
    expect(pythonOf(unwrapArgv(['env', '-i', 'sh', '-c', "python -c 'x'"]))[0]?.dropsEnvironment).toBe(true);
  });

  test('modules beside the program, and those that they load', () => {
    const script = [
      'mkdir -p src; cd src',
      lines`
        cat > train.py <<'E'
        import helper
        import missing
        E
      `,
      lines`
        cat > helper.py <<'E'
        import deep
        import train
        E
      `,
      'echo "import helper" > deep.py',
      'echo "import os" > other.py',
      'cd ..; python src/train.py',
    ].join('\n');
    const programs = pythonOf(unwrapScript(script));
    expect(programs.map(({ name, role }) => `${role} ${name}`)).toEqual([
      'main train.py',
      'module helper.py',
      'module deep.py',
    ]);
  });

  test('a module of a text without a file is beside the working directory', () => {
    const programs = pythonOf(unwrapScript("cd /app; echo x > helper.py; python -c '\nimport helper\n'"));
    expect(programs.map(({ role }) => role)).toEqual(['main', 'module']);
  });

  test('a module run by name', () => {
    expect(textsOf('mkdir pkg; echo x > pkg/train.py; python -m pkg.train')).toEqual(['x\n']);
    expect(textsOf('mkdir pkg; echo x > pkg/__main__.py; python -m pkg')).toEqual(['x\n']);
  });

  test("Katib's placeholders are opaque wherever they stand", () => {
    const script = "python - <<'E'\nlr = ${trialParameters.lr}\nprint(lr)\nE";
    const [program] = pythonOf(unwrapScript(script));
    expect(program?.layer.text).toBe('lr = _____________________\nprint(lr)\n');
    expect(program?.layer.opaque).toEqual([{ from: 5, to: 26 }]);
    expect(textsOf('echo x > ${trialParameters.f}.py; python ${trialParameters.f}.py')).toEqual(['x\n']);
    expect(textsOf('echo x > ${trialParameters.f}.py; python ${trialParameters.g}.py')).toEqual([]);
  });
});

describe('what the shell itself writes', () => {
  const statementsOf = (script: string) =>
    shell
      .parse(script, { opaque: [], languages })
      .statements()
      .map(({ sink, template, from, to }) => {
        const text = template?.()
          .parts.map((part) => (part.kind === 'literal' ? part.text : `{${part.expression}:${part.type}}`))
          .join('');
        return `${sink} ${text} @${script.slice(from, to)}`;
      });

  test.each([
    ['echo accuracy=0.9', ['echo accuracy=0.9\n @echo accuracy=0.9']],
    ['echo -n "loss=$loss"', ['echo loss={$loss:unknown}{…:unknown} @echo -n "loss=$loss"']],
    ['x=5; echo loss=$x $((1+1))', ['echo loss=5 {$((1+1)):integer}\n @echo loss=$x $((1+1))']],
    [
      'printf "loss=%s acc=%.2f\\n" 1 $a',
      ['printf loss=1 acc={$a:number}\n @printf "loss=%s acc=%.2f\\n" 1 $a'],
    ],
    ['cat <<E\nloss=$l\nE', ['cat loss={$l:unknown}\n @cat <<E']],
    ['echo a | tee log', ['echo a\n @echo a']],
    ['echo a | grep a', ['echo a\n @echo a']],
    ['echo a >&2', ['echo a\n @echo a >&2']],
    ['echo a > x; x=$(echo b); echo c | python', []],
    ['echo a | python -c x', ['echo a\n @echo a']],
    ['echo a | { read x; rm y; }', []],
    ['echo a | tool', ['echo a\n @echo a']],
    ['echo a | wc -l; echo b | pip install -r /dev/stdin; echo c | { :; }', []],
    ['f() { echo a; }; f > x', []],
    ['f() { echo a; }; f', ['echo a\n @echo a']],
    ['f() { echo $1; }; f a; f b', ['echo a\nb\n @echo $1']],
    ['for i in 1 2; do echo l=0.$i; done', ['echo l=0.1\nl=0.2\n @echo l=0.$i']],
    ['unused() { echo a; }', ['echo a\n @echo a']],
    ['printf loss=; echo 1', ['printf loss={…:unknown} @printf loss=', 'echo 1\n @echo 1']],
    ['python x.py', []],
    ['echo "a', []],
    ['eval "echo a"', []],
  ])('%s', (script, expected) => expect(statementsOf(script)).toEqual(expected));

  test('a comment suppresses the statement beside or below it, and an unused one is told', () => {
    const text = [
      'echo a # katib-push: ignore beside',
      '# katib-push: ignore above',
      'echo b',
      '# katib-push: ignore nothing',
      '',
      'echo "# katib-push: ignore a text"',
      'X="# katib-push: ignore a value" Y=("# katib-push: ignore an element")',
      'export Z="# katib-push: ignore an export"',
    ].join('\n');
    const document = shell.parse(text, { opaque: [] });
    expect(document.statements().map(({ suppressed }) => suppressed?.reason)).toEqual([
      'beside',
      'above',
      undefined,
    ]);
    expect(document.unusedSuppressions().map(({ from, to }) => text.slice(from, to))).toEqual([
      '# katib-push: ignore nothing',
    ]);
  });

  test('a placeholder is a hole', () => {
    const text = 'echo lr=__________';
    const [statement] = shell.parse(text, { opaque: [{ from: 8, to: 18 }] }).statements();
    expect(statement?.template?.().parts).toEqual([
      { kind: 'literal', text: 'lr=' },
      { kind: 'hole', expression: '…', type: 'unknown' },
      { kind: 'literal', text: '\n' },
    ]);
  });

  test('a document of shell text', () => {
    const document = shell.parse('echo "a', { opaque: [] });
    expect(document.problem).toMatchObject({ code: 'syntax-error', message: 'unterminated double quote' });
    expect(document.prelude({ clientName: 'x', firstUse: 0, delivery: { kind: 'env' } })).toHaveProperty(
      'impossible',
    );
    const edit = { from: 7, to: 7, insert: '"', reason: '' } as const;
    expect(document.edit([edit]).document.text).toBe('echo "a"');
    expect([document.modules(), document.unreadable(), document.unusedSuppressions()]).toEqual([[], [], []]);
    document.dispose();
  });
});
