import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLanguages } from '../src/index.ts';
import { wordsThatRun } from '../src/locate/words-that-run.ts';

const languages = await loadLanguages();
const context = { languages, environmentNames: new Set(['HOME_DIR']) };
const run = (command: readonly string[], args: readonly string[] = [], jobKind?: string) =>
  wordsThatRun({ command, args }, { ...context, ...(jobKind ? { jobKind } : {}) });

describe('the words run as they are', () => {
  it.each<[what: string, command: readonly string[], args?: readonly string[], jobKind?: string]>([
    ['joining changes nothing', ['python3', '/opt/train.py', '--lr=0.1', '--dir', '/data:ro,a+b%c@d']],
    ['args apart', ['python3'], ['train.py', '--lr', '0.1']],
    ['a placeholder is plain text', ['python3', 'train.py', '--lr=${trialParameters.lr}']],
    ['placeholders around a word', ['python3', '${trialParameters.a}x${trialParameters.b}']],
    ['a path that is called like a builtin', ['/usr/bin/test', 'x']],
    ["Argo's own placeholder", ['python3', 'a.py', '--lr={{inputs.parameters.lr}}'], [], 'Workflow'],
    ["Tekton's own placeholder", ['python3', 'a.py', '--lr=$(params.lr)'], [], 'PipelineRun'],
    ['a literal sh -c', ['sh', '-c', 'python a.py && echo "$HOME"']],
    ['a literal bash -c, the text in args', ['bash', '-c'], ['python a.py | tee log']],
    ['sh in command, -c in args', ['sh'], ['-c', 'python a.py']],
    ['a block scalar that ends in a newline', ['sh', '-c'], ['python a.py\n']],
    ['a text of several lines', ['bash', '-c', 'cd /app\npython a.py']],
    ['extra words behind a text of several lines', ['sh', '-c', 'cd /app\npython a.py', 'x', 'y']],
    ['extra words behind a text that ends in a newline', ['sh', '-c', 'python "$0"\n', 'a.py']],
    ['a shell by its path', ['/bin/sh', '-c', 'python a.py']],
    ['a shell by its path, extra words', ['/bin/bash', '-c', 'python "$0"', 'a.py']],
    ['flags in one cluster', ['sh', '-ec', 'python a.py']],
    ['flags apart', ['bash', '-e', '-c', 'python a.py; echo done']],
    ['a shell behind others', ['nohup', 'bash', '-lc', 'python a.py']],
    ['a program as a word, a syntax error', ['python', '-c', 'print(1)']],
    ['a program as a word that a shell could read', ['python', '-c', 'import train']],
    ['a program that begins and ends with a quote', ['python3', '-c', '"a" + "b"']],
    ['a program of several lines', ['python3', '-c'], ['import a\nprint("accuracy=1")\n']],
    ['a line break in a word', ['python3', 'a.py', '--text=a\nb']],
    ['a carriage return in a word', ['python3', 'a.py', '--text=a\rb']],
    ['a quote that does not end', ['python3', 'a.py', "--text=it's"]],
    ['a backslash at the end', ['python3', 'a.py', '--text=a\\']],
    ['a substitution that does not end', ['python3', 'a.py', '--text=$(date']],
    ['nothing', []],
    ['a shell without a text', ['sh', '-c']],
  ])('%s', (_what, command, args = [], jobKind) => {
    expect(run(command, args, jobKind)).toEqual({ command, args, joined: false });
  });
});

describe('the words are joined', () => {
  it.each<
    readonly [what: string, command: readonly string[], args: readonly string[], becomes: readonly string[]]
  >([
    ['one string', ['python3 -u -c "import a; a.go(1)"'], [], ['python3 -u -c "import a; a.go(1)"']],
    ['&&', ['python3', 'a.py', '&&', 'echo', 'x'], [], ['python3 a.py && echo x']],
    [
      'quotes',
      ['python3', 'a.py', '--s="${trialParameters.lr}"'],
      [],
      ['python3 a.py --s="${trialParameters.lr}"'],
    ],
    ['a variable', ['python3', '$HOME/a.py'], [], ['python3 $HOME/a.py']],
    ['a glob', ['python3', 'a.py', 'data/*.csv'], [], ['python3 a.py data/*.csv']],
    ['a variable of the container', ['python3', 'a.py', '$(HOME_DIR)'], [], ['python3 a.py $(HOME_DIR)']],
    ['a substitution', ['python3', 'a.py', '$(nproc)'], [], ['python3 a.py $(nproc)']],
    [
      "Tekton's placeholder elsewhere",
      ['python3', 'a.py', '$(params.lr)'],
      [],
      ['python3 a.py $(params.lr)'],
    ],
    ['two dollars', ['python3', 'a.py', '$$HOME'], [], ['python3 a.py $$HOME']],
    [
      'a program in quotes of a shell',
      ['python3', '-c', '"import a; a.go(lr=\'${trialParameters.lr}\')"'],
      [],
      ['python3 -c "import a; a.go(lr=\'${trialParameters.lr}\')"'],
    ],
    [
      'a text in quotes, for a shell by its path',
      ['/bin/sh', '-c', "'python3 a.py'"],
      [],
      ["/bin/sh -c 'python3 a.py'"],
    ],
    ['an empty word', ['python3', 'a.py', ''], [], ['python3 a.py ']],
    ['a word with a blank', ['python3', 'a.py', 'a b'], [], ['python3 a.py a b']],
    ['a tilde', ['python3', '~/a.py'], [], ['python3 ~/a.py']],
    ['braces', ['python3', 'a.py', '{a,b}'], [], ['python3 a.py {a,b}']],
    ['a comment', ['python3', 'a.py', '#', 'x'], [], ['python3 a.py # x']],
    ['a builtin', ['exec', 'python3', 'a.py'], [], ['exec python3 a.py']],
    ['an assignment', ['A=1', 'python3', 'a.py'], [], ['A=1 python3 a.py']],
  ])('%s', (_what, command, args, becomes) => {
    expect(run(command, args)).toEqual({ command: ['sh', '-c', ...becomes], args: [], joined: true });
  });

  it('in the fields that they have', () => {
    expect(run(['python3'], ['a.py', '&&', 'echo', 'x'])).toEqual({
      command: ['sh', '-c'],
      args: ['python3 a.py && echo x'],
      joined: true,
    });
  });

  it('under the shell that stands there', () => {
    const joined = { command: ['bash', '-c'], args: ['python3 a.py --lr 1'], joined: true };
    expect(run(['bash', '-c'], ['python3 a.py', '--lr', '1'])).toEqual(joined);
    expect(run(['bash', '-c', 'echo $0', ''])).toEqual({
      command: ['bash', '-c', 'echo $0 '],
      args: [],
      joined: true,
    });
  });
});

describe("as under Katib's wrapper", () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'katib-push-words-'));
    const show = '#!/bin/sh\nfor word in "$@"; do printf "<%s>" "$word"; done\necho\n';
    writeFileSync(join(folder, 'show'), show);
    chmodSync(join(folder, 'show'), 0o755);
    for (const file of ['out', 'own']) writeFileSync(join(folder, file), ''); // a glob finds them from the beginning
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What a command writes, both streams as one. */
  const output = (file: string, words: readonly string[]): string => {
    const into = openSync(join(folder, 'own'), 'w');
    spawnSync(file, words, { cwd: folder, stdio: ['ignore', into, into] });
    closeSync(into);
    return readFileSync(join(folder, 'own'), 'utf8');
  };

  /** What Katib's collector gets to see. Source: Katib, `wrapWorkerContainer`. */
  const wrapped = (shell: string, words: readonly string[]): string => {
    const kept = (words[0] === 'sh' || words[0] === 'bash') && words[1] === '-c';
    const text = [...(kept ? words.slice(2) : words), '1>out 2>&1', '&& echo completed'].join(' ');
    writeFileSync(join(folder, 'out'), '');
    output(kept && words[0] === 'bash' ? 'bash' : shell, ['-c', text]);
    return readFileSync(join(folder, 'out'), 'utf8');
  };

  const letters = fc.string({ unit: fc.constantFrom(...'ab01=-_/.,:+%@'), minLength: 1, maxLength: 6 });
  const any = fc.string({ unit: fc.constantFrom(...'ab \'"$?~{}#!=\\'), maxLength: 6 });
  const word = fc.oneof(letters, any, fc.constantFrom('&&', '||', '$HOME', '"a b"', '*', '', '-c'));

  it.each(['dash', 'bash'])('in %s: what is left alone gets the same words', (shell) => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 4 }), (words) => {
        const all = ['./show', ...words];
        expect(run(all).joined).toBe(false);
        expect(output(join(folder, 'show'), words)).toBe(wrapped(shell, all));
      }),
      { numRuns: 60 },
    );
  });

  it.each(['dash', 'bash'])('in %s: what is joined writes what the wrapper collects', (shell) => {
    let joined = 0;
    fc.assert(
      fc.property(
        fc.constantFrom<readonly string[]>(['./show'], ['sh', '-c', './show'], ['bash', '-c', './show a']),
        fc.array(word, { maxLength: 4 }),
        (start, words) => {
          const all = [...start, ...words];
          const runs = run(all);
          if (!runs.joined || all.join(' ').includes('$$')) return; // a process's number
          joined++;
          const [first, , text = ''] = runs.command;
          // Of a list, the wrapper collects the last command alone.
          const own = output(first === 'bash' ? 'bash' : shell, ['-c', text]);
          expect(own.endsWith(wrapped(shell, all)), JSON.stringify(all)).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
    expect(joined).toBeGreaterThan(20);
  });
});
