import fc, { type Arbitrary } from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { startDbManager } from '../../../db-manager/src/index.ts';
import { collect, UNAVAILABLE } from '../../../oracle/src/index.ts';
import { argvOf, environmentOf, metrics, rewriteArgv, run } from './push-for-real.ts';

const db = await startDbManager();
afterAll(() => db.close());

/** The same programs every time; `SEED=<number>` tries others, `RUNS=<number>` more. */
const seed = Number(process.env.SEED ?? 1);
const numRuns = Number(process.env.RUNS ?? 20);

const value = fc.constantFrom('0.5', '$x', '${y:-7}', '$((x+1))', '$(echo 3)', "'4'");
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const { command } = fc.letrec<{ command: string }>((tie) => {
  const inner: Arbitrary<string> = tie('command');
  return {
    command: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      value.map((text) => `echo "loss=${text}"`),
      value.map((text) => `printf 'accuracy=%s\\n' "${text}"`),
      value.map((text) => `echo -n "loss=${text} "`),
      value.map((text) => `printf '%s=%s ' loss ${text}`),
      fc.constantFrom(
        'echo',
        'echo plain $x',
        'false',
        'x=$((x+1))',
        'ls /nowhere 2>/dev/null',
        'expr 1 + 1',
      ),
      fc.constantFrom(
        'f 5',
        'y=$(f 6)',
        'echo "loss=1" > file',
        'echo loss=2 >&2',
        'set -e',
        'echo "loss=$?"',
      ),
      inner.map((one) => `{ ${one}; }`),
      inner.map((one) => `( ${one} )`),
      inner.map((one) => `${one} | cat`),
      inner.map((one) => `if ${one}; then echo "accuracy=1"; else echo loss=0; fi`),
      inner.map((one) => `for i in 1 2; do ${one}; done`),
      inner.map((one) => `case a in a) ${one};; esac`),
      inner.map((one) => `eval ${quoted(one)}`),
      inner.map((one) => `sh -c ${quoted(one)}`),
      fc.tuple(inner, fc.constantFrom(' && ', ' || ', '; '), inner).map((parts) => parts.join('')),
    ),
  };
});

const program = fc
  .array(command, { minLength: 1, maxLength: 5 })
  .map((lines) => ['x=1', 'f() { echo "loss=$1"; }', ...lines].join('\n'));

let number = 0;

test.each(['dash', 'bash'])(
  'generated programs do the same, and push no row too many (%s)',
  async (shell) => {
    await fc.assert(
      fc.asyncProperty(program, async (text) => {
        const before = argvOf(shell, { text });
        const { argv, leftBehind } = rewriteArgv(before);
        if (argv.every((word, i) => word === before[i])) return;
        number++;
        const env = environmentOf(`generated-${number}`, db.address);
        const [original, result] = [await run(before, env), await run(argv, env)];
        expect(result).toEqual(original);
        for (const metric of metrics) {
          const wanted = [original.stdout, original.stderr]
            .flatMap((stream) => collect(stream, [metric]))
            .flatMap(({ value }) => (value === UNAVAILABLE || value === '' ? [] : [value]));
          const got = db
            .observations(`generated-${number}`)
            .flatMap((row) => (row.name === metric ? [row.value] : []));
          if (leftBehind.length === 0) expect(got.sort()).toEqual(wanted.sort());
          for (const one of got) expect(wanted.splice(wanted.indexOf(one), 1)).toEqual([one]);
        }
      }),
      { seed, numRuns },
    );
  },
);
