import { describe, expect, it } from 'vitest';
import { type RewriteOptions, rewriteExperiment, wrapTemplate } from '../src/index.ts';
import { containerPath, type Override, sampleExperiment } from './sample.ts';

const collector = (kind: unknown): Override => [['spec', 'metricsCollectorSpec', 'collector', 'kind'], kind];
const annotation = (name: string, value: unknown): Override => [
  ['metadata', 'annotations', `katib-push.io/${name}`],
  value,
];
const script = (text: string): Override => [[...containerPath, 'args', 0], text];
/** Nothing says that an interpreter is there before this has run. */
const notCertain: Override = [
  [...containerPath, 'command'],
  ['uv', 'run', 'python3', '-c'],
];
const noCollector: Override = [['spec', 'metricsCollectorSpec'], undefined];
const stopping: Override = [['spec', 'earlyStopping'], { algorithmName: 'medianstop' }];
const enabled = annotation('rewrite', 'enabled');

async function outcomeOf(overrides: readonly Override[], options?: RewriteOptions): Promise<string> {
  const { report } = await rewriteExperiment(sampleExperiment(...overrides), options);
  return report.outcome === 'rewritten'
    ? `${report.way}`
    : `${report.outcome}: ${report.diagnostics[0]?.code}`;
}

describe('the policy', () => {
  it('refuses an option that nobody knows', async () => {
    const options = { coverage: 'all' } as unknown as RewriteOptions;
    expect(await outcomeOf([], options)).toBe('failed: invalid-field');
    expect(await outcomeOf([annotation('coverage', 'likely')], options)).toBe('source');
  });

  it.each<[string, readonly Override[], string]>([
    ['Push', [], 'source'],
    ['None', [collector('None')], 'source'],
    ['StdOut', [collector('StdOut')], 'unchanged: not-enabled'],
    ['no collector', [noCollector], 'unchanged: not-enabled'],
    ['StdOut, enabled', [collector('StdOut'), enabled], 'container'],
    ['no collector, enabled', [noCollector, enabled], 'container'],
    ['Push, disabled', [annotation('rewrite', 'disabled')], 'unchanged: disabled'],
    [
      'enabled, and a label that says disabled',
      [collector('StdOut'), enabled, [['metadata', 'labels', 'katib-push.io/rewrite'], 'disabled']],
      'unchanged: disabled',
    ],
    ['File, enabled', [collector('File'), enabled], 'container'],
    ['TensorFlowEvent', [collector('TensorFlowEvent'), enabled], 'unchanged: other-collector'],
    ['PrometheusMetric', [collector('PrometheusMetric'), enabled], 'unchanged: other-collector'],
    ['Custom', [collector('Custom'), enabled], 'unchanged: other-collector'],
    ['an empty kind', [collector(''), enabled], 'unchanged: other-collector'],
    ['no kind', [[['spec', 'metricsCollectorSpec', 'collector'], {}], enabled], 'unchanged: other-collector'],
    ['early stopping', [stopping], 'container'],
    ['early stopping, enabled', [stopping, collector('StdOut'), enabled], 'container'],
    ['early stopping, source', [stopping, annotation('capture', 'source')], 'unchanged: early-stopping'],
    ['early stopping, forced', [stopping, annotation('rewrite', 'forced')], 'source'],
    ['empty early stopping', [[['spec', 'earlyStopping'], {}]], 'source'],
    ['an annotation that nobody knows', [annotation('rewrite', 'yes')], 'failed: invalid-field'],
  ])('%s', async (_what, overrides, outcome) => {
    expect(await outcomeOf(overrides)).toBe(outcome);
  });

  it.each<[string, string, string, string]>([
    ['the objective is not printed', "print(f'loss={1}')", 'objective-not-covered', 'source'],
    ['the objective may be printed', 'for k, v in m:\n  print(f"{k}={v}")', 'source', 'source'],
    [
      'a wanted name stays behind',
      "import numba\n@numba.njit\ndef f(x):\n  print('loss=', x)\nprint(f'accuracy={1}')",
      'metric-left-behind',
      'source',
    ],
    [
      'a suppressed one stays behind',
      "print(f'loss={1}')  # katib-push: ignore first\nprint(f'accuracy={1}')",
      'source',
      'source',
    ],
    ['nothing is printed', 'x = 1', 'nothing-to-rewrite', 'unchanged: nothing-to-rewrite'],
    ['the script is broken', 'print(', 'nothing-to-rewrite', 'unchanged: syntax-error'],
    [
      'the script reports itself',
      "from kubeflow.katib import report_metrics\nreport_metrics({'accuracy': 1})\nprint(f'accuracy={1}')",
      'reports-itself',
      'unchanged: reports-itself',
    ],
  ])('when %s', async (_what, text, withoutInterpreter, fromPush) => {
    expect(await outcomeOf([script(text), collector('StdOut'), enabled])).toBe('container');
    const { report } = await rewriteExperiment(
      sampleExperiment(script(text), collector('StdOut'), enabled, notCertain),
    );
    if (report.way) expect(report.way).toBe(withoutInterpreter);
    // no interpreter helps where the objective is not printed
    else
      expect(report.diagnostics.slice(0, 2).map(({ code }) => code)).toEqual(
        text === 'x = 1' || withoutInterpreter === 'objective-not-covered'
          ? [withoutInterpreter, 'no-sure-interpreter']
          : ['no-sure-interpreter', withoutInterpreter],
      );
    expect(await outcomeOf([script(text)])).toBe(fromPush);
  });

  const withChild = script(
    "import subprocess\nprint(f'accuracy={1}')\nsubprocess.run(['python3', 'evaluate.py'])\n",
  );

  it('lets nothing be lost where the output is read today, unless that is forced', async () => {
    const chosen = [withChild, collector('StdOut'), annotation('capture', 'source')];
    expect(await outcomeOf([...chosen, enabled])).toBe('unchanged: metric-left-behind');
    const forced = await rewriteExperiment(sampleExperiment(...chosen, annotation('rewrite', 'forced')));
    expect(forced.report).toMatchObject({ outcome: 'rewritten', way: 'source' });
    expect(forced.report.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'metric-left-behind',
        severity: 'warning',
        line: 3,
        message: expect.stringContaining('Forced: subprocess.run may write a metric'),
      }),
    );
  });

  it('takes what it can where nothing is read today', async () => {
    expect(await outcomeOf([withChild, annotation('capture', 'source')])).toBe('source');
  });

  it.each<[string, Override, string]>([
    ['a collector', collector('stdOut'), 'Katib knows no metrics collector "stdOut"; did you mean StdOut?'],
    ['a collector', collector('Stdout'), 'Katib knows no metrics collector "Stdout"; did you mean StdOut?'],
    ['a collector', collector('push'), 'Katib knows no metrics collector "push"; did you mean Push?'],
    [
      'a collector',
      collector('Prometheus'),
      'Katib knows no metrics collector "Prometheus"; did you mean PrometheusMetric?',
    ],
    [
      'a value',
      annotation('rewrite', 'Enabled'),
      'Use one of: enabled, disabled, forced; did you mean enabled?',
    ],
    ['a value', annotation('coverage', 'outptu'), 'Use one of: likely, output; did you mean output?'],
    ['a value', annotation('output', 'quiet'), 'Use one of: keep, drop.'],
    [
      'a key',
      annotation('rewrit', 'enabled'),
      'The annotation katib-push.io/rewrit says nothing; did you mean katib-push.io/rewrite?',
    ],
    [
      'a key',
      [['metadata', 'annotations', 'katib_push.io/rewrite'], 'enabled'],
      'The annotation katib_push.io/rewrite says nothing; did you mean katib-push.io/rewrite?',
    ],
    [
      'a key',
      [['metadata', 'labels', 'katib-push.io/capturing'], 'container'],
      'The label katib-push.io/capturing says nothing; did you mean katib-push.io/capture?',
    ],
    [
      'a key',
      [['metadata', 'annotations', 'kaitb-push.io/rewrite'], 'enabled'],
      'The annotation kaitb-push.io/rewrite says nothing; did you mean katib-push.io/rewrite?',
    ],
    [
      'a key',
      annotation('inject', 'enabled'),
      'The annotation katib-push.io/inject says nothing; there are rewrite, capture, coverage, output, delivery, deliver, formats.',
    ],
    [
      'a value of another key',
      annotation('delivery', 'success'),
      'Use one of: auto, env, inline, image; did you mean katib-push.io/deliver?',
    ],
    [
      'a place',
      [
        ['spec', 'trialTemplate', 'trialSpec', 'metadata'],
        { annotations: { 'katib-push.io/capture': 'container' } },
      ],
      "The annotation katib-push.io/capture says nothing in the trial's template.",
    ],
    [
      "the namespace's label",
      [['metadata', 'labels', 'katib-push.io/rewrite'], 'enabled'],
      "The label katib-push.io/rewrite of an Experiment asks for nothing: it is the namespace's.",
    ],
  ])('names %s that is misspelt: %j', async (_what, override, told) => {
    for (const more of [[], [collector('StdOut')]]) {
      const { report } = await rewriteExperiment(sampleExperiment(...more, override));
      const lines = report.diagnostics.flatMap(({ message, hint }) => [message, hint]);
      expect(lines).toContain(told);
    }
  });

  it.each<[string, string, readonly Override[], string]>([
    ['container', 'coverage', [annotation('coverage', 'output')], 'on the container way all output is read.'],
    ['container', 'output', [annotation('output', 'drop')], 'on the container way all output is passed on.'],
    [
      'container',
      'delivery',
      [annotation('delivery', 'inline')],
      'on the container way no script holds a client.',
    ],
    [
      'container',
      'formats',
      [annotation('formats', 'infer'), annotation('capture', 'container')],
      'on the container way the spec stays as it is.',
    ],
    [
      'source',
      'deliver',
      [annotation('deliver', 'success')],
      'on the source way rows are handed on as they are read.',
    ],
    [
      'source',
      'deliver',
      [[['metadata', 'labels', 'katib-push.io/deliver'], 'success']],
      'on the source way rows are handed on as they are read.',
    ],
  ])('tells what means nothing on the %s way: %s', async (way, key, overrides, told) => {
    const reads = way === 'source' || key === 'formats' ? [] : [collector('StdOut'), enabled];
    const { report } = await rewriteExperiment(sampleExperiment(...reads, ...overrides));
    expect(report.way).toBe(way);
    const notes = report.diagnostics.filter(({ code }) => code === 'unknown-annotation');
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringMatching(`katib-push.io/${key}: \\w+ says nothing here: ${told}$`),
    ]);
  });

  it('says nothing of what others name, and of a label that means something', async () => {
    const fine: readonly Override[] = [
      [['metadata', 'annotations', 'example.com/rewrite'], 'enabled'],
      [['metadata', 'labels', 'katib-push.io/rewrite'], 'disabled'],
      [['metadata', 'labels', 'app'], 'katib'],
    ];
    const { report } = await rewriteExperiment(sampleExperiment(...fine));
    expect(report.diagnostics.filter(({ code }) => code === 'unknown-annotation')).toEqual([]);
  });

  it.each<[string, readonly Override[], RewriteOptions | undefined, string]>([
    ['nothing', [], undefined, 'unchanged: reports-itself'],
    ['the annotation', [enabled], undefined, 'unchanged: reports-itself'],
    ['the caller', [], { enable: true }, 'unchanged: reports-itself'],
    ['force', [annotation('rewrite', 'forced')], undefined, 'source'],
  ])('leaves a script alone that reports itself, asked by %s', async (_by, overrides, options, outcome) => {
    const reports = script(
      "import katib_push\nprint(f'accuracy={1}')\nkatib_push.report_metrics({'accuracy': 1})",
    );
    expect(await outcomeOf([reports, ...overrides], options)).toBe(outcome);
  });

  it('warns of early stopping that a template under the shim does not enforce', async () => {
    const given = sampleExperiment(collector('StdOut'), stopping, annotation('rewrite', 'forced'));
    const { report } = await wrapTemplate(given);
    expect([report.way, report.diagnostics[0]?.message]).toEqual([
      'container',
      'Forced: the rules of early stopping will stop no trial.',
    ]);
    const { report: labelled } = await rewriteExperiment(given);
    expect(labelled.diagnostics.map(({ code }) => code)).not.toContain('early-stopping');
  });

  it('warns of what is forced', async () => {
    const reports = script(
      "import katib_push\nprint(f'accuracy={1}')\nkatib_push.report_metrics({'accuracy': 1})",
    );
    const { report } = await rewriteExperiment(
      sampleExperiment(stopping, reports, annotation('rewrite', 'forced')),
    );
    const warnings = report.diagnostics.filter(({ severity }) => severity === 'warning');
    expect(warnings.map(({ code, line }) => [code, line])).toEqual(
      expect.arrayContaining([
        ['early-stopping', undefined],
        ['reports-itself', 3],
      ]),
    );
  });

  it('gives a reason that is true of what is forced', async () => {
    const text = "import subprocess\nsubprocess.run('./a')\nprint(f'accuracy={1}')";
    const given = sampleExperiment(
      collector('StdOut'),
      annotation('rewrite', 'forced'),
      [
        [...containerPath, 'command'],
        ['uv', 'run', 'python', '-c'],
      ],
      [[...containerPath, 'args'], [text]],
    );
    const { way, reason } = (await rewriteExperiment(given)).report;
    expect({ way, reason }).toEqual({
      way: 'source',
      reason: 'no interpreter is certain to be there, and the annotation katib-push.io/rewrite says forced',
    });
  });

  it('says why a template that is elsewhere has no scripts to rewrite', async () => {
    const given = sampleExperiment(collector('StdOut'), enabled, annotation('capture', 'source'), [
      ['spec', 'trialTemplate', 'trialSpec'],
      undefined,
    ]);
    expect((await rewriteExperiment(given)).report.reason).toBe(
      'The trial template is not in the Experiment',
    );
  });

  it('offers words for a container without a command nothing but a command', async () => {
    const { report } = await rewriteExperiment(sampleExperiment([[...containerPath, 'command'], undefined]));
    const [{ code, hint } = {}] = report.diagnostics;
    expect({ code, hint }).toEqual({
      code: 'no-command',
      hint: expect.stringMatching("^Write what the image's ENTRYPOINT and CMD run into command and args"),
    });
  });

  it('knows that the source way reads no file', async () => {
    const { report } = await rewriteExperiment(
      sampleExperiment(collector('File'), enabled, annotation('capture', 'source')),
    );
    const [{ code, message, hint } = {}] = report.diagnostics;
    expect({ code, message, hint }).toEqual({
      code: 'other-collector',
      message: 'The metrics collector File reads a file, which the source way does not.',
      hint: 'Remove the annotation katib-push.io/capture: source: the container way reads the file.',
    });
  });

  it.each<[string, readonly string[], string | undefined]>([
    ['a file', ['sh', '-c', 'python3 a.py > out.log'], 'out.log'],
    ['a file, both streams', ['bash', '-c', 'cd /app && python3 a.py >>/var/log/x 2>&1'], '/var/log/x'],
    ['both streams at once', ['bash', '-c', 'python3 a.py &> out.log'], 'out.log'],
    ['words that are joined', ['python3', 'a.py', '>', 'out.log'], 'out.log'],
    ['a loop', ['sh', '-c', 'for i in 1 2; do python3 a.py; done > /dev/null'], '/dev/null'],
    ['a file that is shown', ['sh', '-c', 'python3 a.py > out.log; cat out.log'], undefined],
    ['in parentheses', ['sh', '-c', '(python3 a.py > out.log)'], undefined],
    ['in the background', ['sh', '-c', 'python3 a.py > out.log &'], undefined],
    ['a line that ends', ['sh', '-c', 'python3 a.py > out.log\n'], undefined],
    ['the other stream', ['sh', '-c', 'python3 a.py >&2'], undefined],
    ['the stream itself', ['sh', '-c', 'python3 a.py > /dev/stdout'], undefined],
    ['a process', ['bash', '-c', 'python3 a.py > >(tee out.log)'], undefined],
    ['quotes', ['sh', '-c', 'python3 a.py "a > b"'], undefined],
    ['a shell that the wrapper takes apart', ['/bin/sh', '-c', 'python3 a.py > out.log'], undefined],
  ])("knows what Katib's wrapper takes from a redirection: %s", async (_what, command, file) => {
    const { report } = await rewriteExperiment(
      sampleExperiment(
        collector('StdOut'),
        enabled,
        [[...containerPath, 'command'], command],
        [[...containerPath, 'args'], undefined],
      ),
    );
    expect(report.way).toBe('container');
    const told = report.diagnostics.filter(({ code }) => code === 'sidecar-collects-more');
    expect(told.map(({ message }) => message)).toEqual(
      file ? [`Katib's own wrapper collects what goes to ${file} here; a push leaves it there.`] : [],
    );
  });

  it.each<[word: string, reason: string]>([
    ['$(OUT)', 'an interpreter is certain to be there'],
    ['$$HOME', 'an interpreter is certain to be there'],
    ['$(NOT_THERE)', 'No Python is certain to be there: it runs NOT_THERE first'],
    ['$$(OUT)', 'No Python is certain to be there: it runs OUT first'],
  ])('knows what the kubelet makes of %s', async (word, reason) => {
    const given = (...command: readonly string[]) =>
      sampleExperiment(
        collector('StdOut'),
        enabled,
        [[...containerPath, 'command'], command],
        [[...containerPath, 'args'], undefined],
        [[...containerPath, 'env'], [{ name: 'OUT', value: '/out' }]],
      );
    const { report } = await rewriteExperiment(given('python3', 'a.py', `--dir=${word}`));
    expect(report.reason).toBe(reason);
    const { report: first } = await rewriteExperiment(given('$(OUT)/python3', 'a.py'));
    expect(first.reason).toBe(
      'No Python is certain to be there: the command ${OUT}/python3 is known only at run time',
    );
  });

  it('knows what Tekton fills in', async () => {
    const step = { image: 'x', name: 'train', command: ['sh', '-c', 'python3 a.py --lr $(params.lr)'] };
    const tasks = [{ name: 'train', taskSpec: { steps: [step] } }];
    const { report } = await rewriteExperiment(
      sampleExperiment(
        collector('StdOut'),
        enabled,
        [['spec', 'trialTemplate', 'primaryContainerName'], 'step-train'],
        [
          ['spec', 'trialTemplate', 'trialSpec'],
          { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', spec: { pipelineSpec: { tasks } } },
        ],
      ),
    );
    expect(report.reason).toBe('an interpreter is certain to be there');
  });

  it('counts no metric as pushed where the container way fails, and names no way out that is none', async () => {
    const given = sampleExperiment(collector('StdOut'), enabled, stopping, [
      ['spec', 'algorithm', 'algorithmName'],
      'x'.repeat(70),
    ]);
    const { way, metrics, diagnostics } = (await rewriteExperiment(given)).report;
    expect(way).toBeNull();
    expect(metrics.map(({ covered }) => covered)).toEqual(['no', 'no']);
    expect(diagnostics[0]?.hint).toBe('Take earlyStopping out, or leave the trials to the sidecar.');
  });

  it('lets the caller enable it', async () => {
    expect(await outcomeOf([collector('StdOut')], { enable: true })).toBe('container');
    expect(await outcomeOf([collector('StdOut'), annotation('rewrite', 'disabled')], { enable: true })).toBe(
      'unchanged: disabled',
    );
  });

  it('leaves long scripts alone', async () => {
    expect(await outcomeOf([], { maxScriptLength: 10 })).toBe('unchanged: too-large');
  });
});

describe('what is unchanged', () => {
  it('is the very object that was given, and says so', async () => {
    const given = sampleExperiment(collector('StdOut'));
    const { experiment, patch, report } = await rewriteExperiment(given);
    expect(experiment).toBe(given);
    expect(patch).toEqual([]);
    expect(report.summary).toContain('StdOut');
    expect(report.collector).toEqual({ before: 'StdOut', after: 'StdOut' });
  });

  it('reports no statement as rewritten and no metric as covered', async () => {
    const { report } = await rewriteExperiment(
      sampleExperiment(script("print(f'loss={1}')"), collector('StdOut'), enabled, notCertain),
    );
    expect(report.scripts.flatMap((one) => one.statements).map((one) => one.rewritten)).toEqual([false]);
    expect(report.metrics.map((one) => one.covered)).toEqual(['no', 'no']);
  });
});

describe('an Experiment that was rewritten and then edited', () => {
  const edit = async (...overrides: readonly Override[]) => {
    const { experiment } = await rewriteExperiment(sampleExperiment());
    const edited = structuredClone(experiment) as Record<string, unknown>;
    for (const [path, value] of overrides) {
      let holder: Record<string | number, unknown> = edited;
      for (const token of path.slice(0, -1)) holder = holder[token] as Record<string | number, unknown>;
      holder[path.at(-1) ?? ''] = value;
    }
    return rewriteExperiment(edited);
  };

  it('gets the settings that hold now', async () => {
    const { patch, report } = await edit([['spec', 'objective', 'additionalMetricNames'], ['auc']]);
    expect(report.outcome).toBe('rewritten');
    const config = patch.find(({ path }) => path.endsWith('/env/1'))?.value as { value: string };
    expect(JSON.parse(config.value).metrics).toEqual(['accuracy', 'auc']);
  });

  it('gets back what was taken away', async () => {
    const { patch } = await edit([[...containerPath, 'env'], []]);
    expect(patch.filter(({ path }) => path.includes('/env')).length).toBe(3);
  });

  it('is left alone where nothing that matters changed', async () => {
    const { patch, report } = await edit([['spec', 'maxTrialCount'], 3]);
    expect(patch).toEqual([]);
    expect(report.diagnostics[0]?.code).toBe('already-rewritten');
  });
});

describe('what would grow too large', () => {
  it.each([
    ['an argument', [script('print(f"accuracy={1}")\n'.repeat(4000))]],
    [
      'the settings',
      [
        [
          ['spec', 'objective', 'additionalMetricNames'],
          Array.from({ length: 3000 }, (_, index) => `metric-${index}-${'x'.repeat(40)}`),
        ],
      ],
    ],
  ] as [string, Override[]][])('%s is left alone', async (_what, overrides) => {
    expect(await outcomeOf(overrides)).toBe('unchanged: too-large');
  });

  it('an object that would leave no room for what the cluster adds', async () => {
    const filled = (bytes: number): Override => [['spec', 'filler'], 'x'.repeat(bytes)];
    const most = 1.5 * 1024 * 1024;
    expect(await outcomeOf([filled(most - 40_000)])).toBe('unchanged: too-large');
    expect(await outcomeOf([filled(most - 200_000)])).toBe('source');
  });

  it('annotations that our record would bring above what the API server takes', async () => {
    const filled = (bytes: number): Override => [
      ['metadata', 'annotations', 'example.com/x'],
      'x'.repeat(bytes),
    ];
    const most = 256 * 1024;
    expect(await outcomeOf([filled(most - 100)])).toBe('unchanged: too-large');
    expect(await outcomeOf([filled(most - 8_000)])).toBe('source');
  });
});

describe('what stays behind without being a statement', () => {
  const decisive = async (...overrides: readonly Override[]) => {
    const { report } = await rewriteExperiment(sampleExperiment(...overrides, collector('StdOut'), enabled));
    return report.way ?? report.diagnostics[1]?.code;
  };

  it.each([
    ['perl -e \'print "accuracy=8\\n"\'', 'metric-left-behind'],
    ['./prepare', 'metric-left-behind'],
    ['apt-get update', 'source'],
  ])('beside %s', async (command, outcome) => {
    const container = {
      name: 'main',
      image: 'x',
      command: ['bash', '-c'],
      args: [`${command}\npython3 -c 'print("accuracy=", 1)'`],
    };
    const spec = { kind: 'Job', spec: { template: { spec: { containers: [container] } } } };
    expect(await decisive([['spec', 'trialTemplate', 'trialSpec'], spec])).toBe(outcome);
  });

  it.each([
    ['import os\nos.system("echo accuracy=2")\nprint(f"accuracy={1}")', 'metric-left-behind'],
    ['import os\nos.system("nvidia-smi")\nprint(f"accuracy={1}")', 'source'],
    ['print(f"accuracy={1}")', 'source'],
  ])('in %j', async (text, outcome) => {
    expect(await decisive(script(text), notCertain)).toBe(outcome);
  });
});
