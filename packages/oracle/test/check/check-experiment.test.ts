import { describe, expect, it } from 'vitest';
import { checkExperiment, validateExperiment } from '../../src/index.ts';
import { type AnyExperiment, changed, containerOf, experimentOf } from '../experiment.ts';

const rules = (problems: ReturnType<typeof checkExperiment>) => problems.map(({ rule }) => rule);

/** What a rewrite does, in full. */
function rewrite(experiment: AnyExperiment): void {
  const container = containerOf(experiment);
  container.args[0] = container.args[0].replace('echo', '_katib_push(echo)');
  container.env = [
    ...(container.env ?? []),
    { name: 'KATIB_PUSH_PYTHON', value: 'import sys' },
    { name: 'KATIB_PUSH_TRIAL_NAME', value: '${trialParameters.trialName}' },
  ];
  experiment.spec.trialTemplate.trialParameters.push({ name: 'trialName', reference: '${trialSpec.Name}' });
  experiment.spec.metricsCollectorSpec.collector.kind = 'Push';
  experiment.metadata.annotations = { ...experiment.metadata.annotations, 'katib-push.io/version': '1' };
}

const original = experimentOf({
  env: [
    { name: 'A', value: '1' },
    { name: 'B', value: '$(A)' },
  ],
});
const rewritten = changed(original, rewrite);
const spoil = (change: (experiment: AnyExperiment) => void) =>
  checkExperiment(original, changed(rewritten, change));

describe('checkExperiment', () => {
  it('accepts what a rewrite does', () => {
    expect(checkExperiment(original, rewritten)).toEqual([]);
    expect(checkExperiment(original, original)).toEqual([]);
  });

  it('accepts an absent collector, absent annotations and absent variables before', () => {
    const bare = experimentOf();
    delete bare.spec.metricsCollectorSpec;
    const after = changed(bare, (copy) => {
      copy.spec.metricsCollectorSpec = { collector: {} };
      rewrite(copy);
    });
    expect(checkExperiment(bare, after)).toEqual([]);
  });

  it('accepts the label for Katib before 0.18, and its kind only there', () => {
    const legacy = changed(rewritten, (copy) => {
      copy.spec.metricsCollectorSpec.collector.kind = 'None';
      copy.spec.trialTemplate.trialSpec.spec.template.metadata = {
        labels: { 'katib.kubeflow.org/metrics-collector-injection': 'disabled' },
      };
    });
    expect(checkExperiment(original, legacy, { legacy: true })).toEqual([]);
    expect(rules(checkExperiment(original, legacy))).toEqual(['collector-kind']);
    expect(rules(checkExperiment(original, rewritten, { legacy: true }))).toEqual(['collector-kind']);
  });

  it('accepts a new value for a variable of the client', () => {
    const before = experimentOf({ env: [{ name: 'KATIB_PUSH_CONFIG', value: 'old' }] });
    const after = changed(before, (copy) => {
      rewrite(copy);
      containerOf(copy).env[0].value = 'new';
    });
    expect(checkExperiment(before, after)).toEqual([]);
    expect(
      rules(
        spoil((copy) => {
          containerOf(copy).env[0].value = '2';
        }),
      ),
    ).toEqual(['changed-elsewhere']);
  });

  it('says nothing of what was wrong before', () => {
    const broken = experimentOf({
      kind: 'Unknown',
      args: ['${trialParameters.learningRate} ${trialParameters.gone}'],
    });
    expect(rules(validateExperiment(broken))).toEqual(['placeholder-undeclared', 'collector-kind']);
    expect(checkExperiment(broken, broken)).toEqual([]);
  });

  it.each<[string, (experiment: AnyExperiment) => void, string]>([
    [
      'an extra field of the object',
      (copy) => {
        copy.spec.extra = 1;
      },
      'changed-elsewhere',
    ],
    [
      'a removed field',
      (copy) => {
        delete copy.spec.objective.type;
      },
      'changed-elsewhere',
    ],
    [
      'a changed search space',
      (copy) => {
        copy.spec.parameters[0].feasibleSpace.min = '0.02';
      },
      'changed-elsewhere',
    ],
    [
      'another image',
      (copy) => {
        containerOf(copy).image = 'python:3.13';
      },
      'changed-elsewhere',
    ],
    [
      'another container',
      (copy) => {
        copy.spec.trialTemplate.trialSpec.spec.template.spec.containers[0].args = ['x'];
      },
      'changed-elsewhere',
    ],
    [
      'a word more',
      (copy) => {
        containerOf(copy).args.push('x');
      },
      'changed-elsewhere',
    ],
    [
      'a word that is no string',
      (copy) => {
        containerOf(copy).args[0] = ['x', 'learningRate'];
      },
      'changed-elsewhere',
    ],
    [
      'a foreign variable',
      (copy) => {
        containerOf(copy).env.push({ name: 'PYTHONPATH', value: '/x' });
      },
      'changed-elsewhere',
    ],
    [
      'a variable removed',
      (copy) => {
        containerOf(copy).env.shift();
      },
      'changed-elsewhere',
    ],
    [
      'variables in another order',
      (copy) => {
        containerOf(copy).env.reverse();
      },
      'changed-elsewhere',
    ],
    [
      'an extra field of a variable',
      (copy) => {
        containerOf(copy).env[2].extra = 1;
      },
      'changed-elsewhere',
    ],
    [
      'a foreign annotation',
      (copy) => {
        copy.metadata.annotations.mine = 'x';
      },
      'changed-elsewhere',
    ],
    [
      'a foreign label',
      (copy) => {
        copy.spec.trialTemplate.trialSpec.metadata = { labels: { app: 'x' } };
      },
      'changed-elsewhere',
    ],
    [
      'a parameter for the search',
      (copy) => {
        copy.spec.trialTemplate.trialParameters.push({ name: 'x', reference: 'x' });
      },
      'changed-elsewhere',
    ],
    [
      'another collector',
      (copy) => {
        copy.spec.metricsCollectorSpec.collector.kind = 'File';
      },
      'changed-elsewhere',
    ],
    [
      'a filter',
      (copy) => {
        copy.spec.metricsCollectorSpec.source = { filter: {} };
      },
      'changed-elsewhere',
    ],
    [
      'a trial parameter twice',
      (copy) => {
        copy.spec.trialTemplate.trialParameters.push({ name: 'trialName', reference: '${trialSpec.Kind}' });
      },
      'parameter-name-twice',
    ],
    [
      'a reference twice',
      (copy) => {
        copy.spec.trialTemplate.trialParameters.push({ name: 'other', reference: '${trialSpec.Name}' });
      },
      'parameter-reference-twice',
    ],
    [
      'a trial parameter without use',
      (copy) => {
        containerOf(copy).env.pop();
      },
      'parameter-unused',
    ],
    [
      'a placeholder without parameter',
      (copy) => {
        copy.spec.trialTemplate.trialParameters.pop();
      },
      'placeholder-undeclared',
    ],
    [
      'a trial parameter without reference',
      (copy) => {
        delete copy.spec.trialTemplate.trialParameters[1].reference;
      },
      'parameter-incomplete',
    ],
    [
      'a variable that is no string',
      (copy) => {
        containerOf(copy).env[2].value = 7;
      },
      'job-not-convertible',
    ],
    [
      'a template with a name',
      (copy) => {
        copy.spec.trialTemplate.trialSpec.metadata = { name: 'x' };
      },
      'template-named',
    ],
    [
      'a large argument',
      (copy) => {
        containerOf(copy).args[0] += 'é'.repeat(66_000);
      },
      'argument-too-large',
    ],
    [
      'a large variable',
      (copy) => {
        containerOf(copy).env[2].value = 'x'.repeat(131_054);
      },
      'variable-too-large',
    ],
    [
      'a large object',
      (copy) => {
        copy.metadata.annotations['katib-push.io/record'] = 'x'.repeat(1_600_000);
      },
      'object-too-large',
    ],
    [
      'large annotations',
      (copy) => {
        copy.metadata.annotations['katib-push.io/record'] = 'x'.repeat(270_000);
      },
      'annotations-too-large',
    ],
    [
      'a script without its collector',
      (copy) => {
        copy.spec.metricsCollectorSpec.collector.kind = 'StdOut';
      },
      'collected-twice',
    ],
    [
      'a collector without its script',
      (copy) => {
        containerOf(copy).args = [...containerOf(original).args];
      },
      'collected-never',
    ],
  ])('finds %s', (_, change, rule) => {
    expect(rules(spoil(change))).toContain(rule);
  });

  it('allows exactly 128 KiB with the final NUL', () => {
    const value = 'x'.repeat(128 * 1024 - 'KATIB_PUSH_PYTHON='.length - 1);
    expect(
      rules(
        spoil((copy) => {
          containerOf(copy).env[2].value = value;
        }),
      ),
    ).toEqual([]);
    expect(
      rules(
        spoil((copy) => {
          containerOf(copy).env[2].value = `$$${value.slice(1)}`;
        }),
      ),
    ).toEqual([]);
    expect(
      rules(
        spoil((copy) => {
          containerOf(copy).env[2].value = `${value}x`;
        }),
      ),
    ).toEqual(['variable-too-large']);
  });

  it('points to the place', () => {
    const [problem] = spoil((copy) => {
      containerOf(copy).image = 'other';
    });
    expect(problem).toEqual({
      rule: 'changed-elsewhere',
      pointer: '/spec/trialTemplate/trialSpec/spec/template/spec/containers/1/image',
      message:
        '/spec/trialTemplate/trialSpec/spec/template/spec/containers/1/image was changed (replace) from "python:3.12" to "other"',
    });
  });
});

describe('validateExperiment', () => {
  const broken = (change: (experiment: AnyExperiment) => void) =>
    rules(validateExperiment(changed(original, change)));

  it.each<[string, (experiment: AnyExperiment) => void]>([
    [
      'trial-spec-missing',
      (copy) => {
        delete copy.spec.trialTemplate.trialSpec;
      },
    ],
    [
      'primary-container-missing',
      (copy) => {
        copy.spec.trialTemplate.primaryContainerName = '';
      },
    ],
    [
      'trial-parameters-missing',
      (copy) => {
        delete copy.spec.trialTemplate.trialParameters;
      },
    ],
    [
      'kind-missing',
      (copy) => {
        delete copy.spec.trialTemplate.trialSpec.kind;
      },
    ],
    [
      'reference-unknown',
      (copy) => {
        copy.spec.trialTemplate.trialParameters[0].reference = 'gone';
      },
    ],
    [
      'reference-unknown',
      (copy) => {
        copy.spec.trialTemplate.trialParameters[0].reference = '${trialSpec.Gone}';
      },
    ],
    [
      'job-not-convertible',
      (copy) => {
        containerOf(copy).command = 'sh';
      },
    ],
    [
      'job-not-convertible',
      (copy) => {
        containerOf(copy).env.push({ value: 'x' });
      },
    ],
  ])('finds %s', (rule, change) => {
    expect(broken(change)).toEqual([rule]);
  });

  it('knows references to the trial', () => {
    expect(
      broken((copy) => {
        copy.spec.trialTemplate.trialParameters[0].reference = '${trialSpec.Labels[x]}';
      }),
    ).toEqual([]);
  });

  it.each<[string, (experiment: AnyExperiment) => void]>([
    [
      'an empty list of arguments',
      (copy) => {
        containerOf(copy).args = [];
      },
    ],
    [
      'no list of variables but null',
      (copy) => {
        containerOf(copy).env = null;
      },
    ],
  ])('a Job that loses something: %s', (_what, change) => {
    expect(broken(change)).toContain('job-not-convertible');
  });

  it('wants conditions of jobs for which Katib has none', () => {
    const workflow = (copy: AnyExperiment) => {
      copy.spec.trialTemplate.trialSpec.kind = 'Workflow';
    };
    expect(broken(workflow)).toEqual(['condition-missing', 'condition-missing']);
    expect(
      broken((copy) => {
        workflow(copy);
        copy.spec.trialTemplate.successCondition = 'a';
        copy.spec.trialTemplate.failureCondition = 'b';
      }),
    ).toEqual([]);
  });

  it('knows no collector for PrometheusMetric, as Katib is installed', () => {
    const collector = { collector: { kind: 'PrometheusMetric' } };
    expect(
      broken((copy) => {
        copy.spec.metricsCollectorSpec = collector;
      }),
    ).toEqual(['collector-kind']);
  });

  it('does not look into other kinds of job', () => {
    expect(
      broken((copy) => {
        copy.spec.trialTemplate.trialSpec.kind = 'PyTorchJob';
        containerOf(copy).env[0].value = 1;
      }),
    ).toEqual([]);
  });

  it('reports on anything without throwing', () => {
    for (const value of [
      null,
      1,
      'x',
      [],
      {},
      { spec: [] },
      { spec: { trialTemplate: { trialSpec: 'x' } } },
    ]) {
      expect(validateExperiment(value).length).toBeGreaterThan(0);
      expect(checkExperiment(value, value)).toEqual([]);
    }
  });
});
