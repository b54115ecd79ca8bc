import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareExperiment, describeVerdict, type ExperimentOptions } from '../src/index.ts';
import { type AnyExperiment, changed, containerOf, experimentOf } from './experiment.ts';

const push = `"${process.execPath}" "${fileURLToPath(new URL('./push.mjs', import.meta.url))}"`;

/** A shell script, and the same with whatever the rewrite should have made of it. */
function pair(before: string, after: string, change: (rewritten: AnyExperiment) => void = () => {}) {
  const original = experimentOf({
    wanted: ['loss', 'acc'],
    args: [before],
    trialParameters: [],
    parameters: [],
  });
  const rewritten = changed(original, (copy) => {
    containerOf(copy).args = [after];
    copy.spec.metricsCollectorSpec.collector.kind = 'Push';
    change(copy);
  });
  return [original, rewritten] as const;
}

function compare(
  before: string,
  after: string,
  options: ExperimentOptions = {},
  change?: (it: AnyExperiment) => void,
) {
  return compareExperiment(...pair(before, after, change), options);
}

const script = 'echo start; echo loss=0.5; echo acc=0.7 >&2; echo loss=0.4';
const rewritten = `${script}; ${push} loss=0.5 acc=0.7 loss=0.4`;

describe('compareExperiment', () => {
  it('finds a right rewrite identical', async () => {
    const runs: string[] = [];
    const seen: string[] = [];
    const output: string[] = [];
    const result = await compare(script, rewritten, {
      onRun: (which) => runs.push(which),
      onObservation: ({ name, value }) => seen.push(`${name}=${value}`),
      onOutput: (which, stream) => output.push(`${which} ${stream}`),
    });
    expect(describeVerdict(result)).toEqual([
      'identical: 3 rows pushed, stdout and stderr the same, exit code 0',
    ]);
    expect(result).toMatchObject({ identical: true, changed: true, problems: [] });
    expect(runs).toEqual(['original', 'rewritten']);
    expect(seen).toEqual(['loss=0.5', 'acc=0.7', 'loss=0.4']);
    expect([...new Set(output)].sort()).toEqual([
      'original stderr',
      'original stdout',
      'rewritten stderr',
      'rewritten stdout',
    ]);
    expect(result.pushed.map(({ value }) => value)).toEqual(['0.5', '0.7', '0.4']);
  });

  it.each([
    ['a dropped row', `${script}; ${push} loss=0.5 acc=0.7`, /rows: stdout line 3 holds loss = "0.4"/],
    ['all rows dropped', `${script}; true`, /rows: stdout line 2 holds loss = "0.5"/],
    [
      'swapped rows',
      `${script}; ${push} loss=0.4 acc=0.7 loss=0.5`,
      /rows: row \d of those pushed, .* out of order/,
    ],
    [
      'an extra row',
      `${rewritten}; ${push} acc=0.7`,
      /rows: acc = "0.7" was pushed at .*, but no line holds it/,
    ],
    [
      'a changed value',
      `${script}; ${push} loss=0.5 acc=0.70 loss=0.4`,
      /rows: stderr line 1 holds acc = "0.7"/,
    ],
    [
      'a changed byte',
      rewritten.replace('start', 'Start'),
      /stdout: stdout line 1: the original writes "start"/,
    ],
    ['another exit code', `${rewritten}; exit 4`, /exit: .* exit code 0, the rewritten one with exit code 4/],
    [
      'a late row',
      `${script}; ${push} loss=0.5; ${push} loss=0.4; ${push} acc=0.7; echo bye`,
      /stdout line 4/,
    ],
  ])('finds %s', async (_, after, message) => {
    const result = await compare(script, after);
    expect(result.identical).toBe(false);
    expect(describeVerdict(result).join('\n')).toMatch(message);
  });

  it.each<[string, (copy: AnyExperiment) => void, string]>([
    ['an extra field', (copy) => (copy.spec.extra = true), 'changed-elsewhere'],
    [
      'a trial parameter twice',
      (copy) => {
        copy.spec.trialTemplate.trialParameters = [1, 2].map(() => ({
          name: 't',
          reference: '${trialSpec.Name}',
        }));
        containerOf(copy).env = [{ name: 'KATIB_PUSH_TRIAL_NAME', value: '${trialParameters.t}' }];
      },
      'parameter-name-twice',
    ],
    [
      'the collector left as it was',
      (copy) => (copy.spec.metricsCollectorSpec.collector.kind = 'StdOut'),
      'collected-twice',
    ],
  ])('finds %s', async (_, change, rule) => {
    const result = await compare(script, rewritten, {}, change);
    expect(result).toMatchObject({ identical: false, comparison: { identical: true } });
    expect(result.problems.map((problem) => problem.rule)).toContain(rule);
    expect(describeVerdict(result).join('\n')).toContain(`(${rule})`);
  });

  it('runs the original again where chance may explain a difference', async () => {
    const runs: string[] = [];
    const chance = 'v=$(cat /proc/sys/kernel/random/uuid | tr -dc 0-9); echo loss=$v';
    const result = await compare(chance, `${chance}; ${push} loss=$v`, {
      onRun: (which) => runs.push(which),
    });
    expect(runs).toEqual(['original', 'rewritten', 'again']);
    expect(result).toMatchObject({ identical: true, comparison: { deterministic: false } });
    expect(describeVerdict(result)[0]).toBe('identical: 1 row pushed, output not deterministic, exit code 0');
  });

  it('names lines that only the merged file has', async () => {
    const torn = 'printf "loss=0."; sleep 0.1; printf x >&2; echo 5; echo loss=1';
    const result = await compare(torn, `${torn}; ${push} loss=0.5 loss=1`, { joined: true });
    expect(result.identical).toBe(true);
    expect(result.comparison.knownDifferences).toMatchObject([{ rule: 'merged-lines' }]);
  });

  it('runs an unchanged Experiment once, rows that it pushes by itself included', async () => {
    const runs: string[] = [];
    const original = experimentOf({ args: [`${push} loss=1; exit 2`], trialParameters: [], kind: 'Push' });
    const result = await compareExperiment(original, original, { onRun: (which) => runs.push(which) });
    expect(runs).toEqual(['original']);
    expect(result).toMatchObject({ identical: true, changed: false, pushed: [{ value: '1' }] });
    expect(describeVerdict(result)[0]).toBe('identical: the Experiment is unchanged, ran once, exit code 2');
  });

  it('keeps what the original pushes apart from what its output holds', async () => {
    const before = `${push} loss=9; echo loss=1`;
    const both = await compare(before, `${push} loss=9; echo loss=1; ${push} loss=1`);
    expect(both).toMatchObject({ identical: true, comparison: { rows: { expected: 2, pushed: 2 } } });
    expect((await compare(before, `${before}; true`)).identical).toBe(false);
  });

  it('masks what Python quotes of rewritten source', async () => {
    const train = (statement: string, prelude = '') => `cat > train.py <<'EOF'
${prelude}

class Loss:
    def __format__(self, spec):
        raise ValueError("diverged")

print("loss=0.5")
${statement}
EOF
python3 train.py`;
    const result = await compare(
      train('print(f"loss={Loss():.2f}")'),
      `${train('_katib_push(print)(f"loss={Loss():.2f}")', '_katib_push=lambda f,*_:f; exec("try:pass\\nexcept Exception:pass")')}; code=$?; ${push} loss=0.5; exit $code`,
    );
    expect(describeVerdict(result)).toEqual([
      'identical: 1 row pushed, stdout and stderr the same, exit code 1',
      '  known (empty-value): the collector would store what is empty or no number for loss; it is not pushed',
      '  known (failed-run): the run failed (exit code 1), and Katib would store nothing; pushed rows stay',
      '  masked: run-names, quoted-source',
      '  note: the original ended with exit code 1',
    ]);
  });

  it('finds a rewrite that never ends', async () => {
    const result = await compare(script, `${rewritten}; sleep 60`, { timeoutSeconds: 5 });
    expect(describeVerdict(result).join('\n')).toMatch(/run: the rewritten run timed out after \d+\.\d s/);
  });

  it('throws where it can not run', async () => {
    const [original, copy] = pair(script, rewritten);
    containerOf(original).command = ['zsh-that-is-not-here'];
    containerOf(original).args = [];
    await expect(compareExperiment(original, copy)).rejects.toMatchObject({ code: 'command-not-found' });
  });
});
