import { describe, expect, it } from 'vitest';
import { locateContainer, readExperiment } from '../src/index.ts';
import { job, sampleExperiment } from './sample.ts';

function locate(trialSpec: unknown, template: Readonly<Record<string, unknown>> = {}) {
  const given = sampleExperiment([['spec', 'trialTemplate', 'trialSpec'], trialSpec]);
  Object.assign((given.spec as { trialTemplate: object }).trialTemplate, template);
  const { experiment } = readExperiment(given);
  if (!experiment) throw new Error('the Experiment should be readable');
  return locateContainer(experiment);
}

const container = (name: string) => ({ name, image: 'x', command: ['python3'] });
const pod = (...names: string[]) => ({ template: { spec: { containers: names.map(container) } } });
const base = '/spec/trialTemplate/trialSpec/spec';

describe('the primary container', () => {
  it.each<[string, unknown, Record<string, unknown>, string]>([
    ['of a Job', job([container('sidecar'), container('main')]), {}, `${base}/template/spec/containers/1`],
    [
      'of a PyTorchJob: the master',
      { kind: 'PyTorchJob', spec: { pytorchReplicaSpecs: { Worker: pod('main'), Master: pod('main') } } },
      {},
      `${base}/pytorchReplicaSpecs/Master/template/spec/containers/0`,
    ],
    [
      'of a TFJob: the chief',
      {
        kind: 'TFJob',
        spec: { tfReplicaSpecs: { PS: pod('main'), Worker: pod('main'), Chief: pod('main') } },
      },
      {},
      `${base}/tfReplicaSpecs/Chief/template/spec/containers/0`,
    ],
    [
      'of a TFJob whose primary pod is a worker',
      { kind: 'TFJob', spec: { tfReplicaSpecs: { Chief: pod('main'), Worker: pod('main') } } },
      {
        primaryPodLabels: {
          'training.kubeflow.org/replica-type': 'worker',
          'training.kubeflow.org/replica-index': '0',
        },
      },
      `${base}/tfReplicaSpecs/Worker/template/spec/containers/0`,
    ],
    [
      'of an MPIJob: the launcher',
      { kind: 'MPIJob', spec: { mpiReplicaSpecs: { Worker: pod('main'), Launcher: pod('main') } } },
      {},
      `${base}/mpiReplicaSpecs/Launcher/template/spec/containers/0`,
    ],
    [
      'of a TrainJob: its trainer',
      { kind: 'TrainJob', spec: { trainer: { image: 'x', command: ['python3'] } } },
      { primaryContainerName: 'node' },
      `${base}/trainer`,
    ],
    [
      'of a Workflow: the template with the labels',
      {
        kind: 'Workflow',
        spec: {
          templates: [
            { name: 'a', container: { image: 'x' } },
            { name: 'b', metadata: { labels: { primary: 'true' } }, container: { image: 'x' } },
          ],
        },
      },
      { primaryPodLabels: { primary: 'true' } },
      `${base}/templates/1/container`,
    ],
    [
      'of a PipelineRun: a step',
      {
        kind: 'PipelineRun',
        spec: { pipelineSpec: { tasks: [{ taskSpec: { steps: [{ name: 'train', image: 'x' }] } }] } },
      },
      { primaryContainerName: 'step-train' },
      `${base}/pipelineSpec/tasks/0/taskSpec/steps/0`,
    ],
  ])('%s', (_what, trialSpec, template, pointer) => {
    expect(locate(trialSpec, template).container?.pointer).toBe(pointer);
  });

  it('knows of several pods, and which of them Katib reads', () => {
    const worker = { kind: 'TFJob', spec: { tfReplicaSpecs: { Worker: { replicas: 3, ...pod('main') } } } };
    expect(locate(worker).container?.severalPods).toBe(true);
    const trainJob = { kind: 'TrainJob', spec: { trainer: { command: ['python3'] } } };
    expect(locate(trainJob, { primaryContainerName: 'node' }).container?.completionIndex).toBe(0);
  });

  it.each<[string, unknown, string]>([
    ['nothing has the name', job([container('other')]), 'No container is called "main"; there are "other".'],
    ['there are no containers', { kind: 'Job' }, 'The trial spec has no containers.'],
    [
      'init containers do not count',
      { spec: { template: { spec: { initContainers: [container('main')] } } } },
      'The trial spec has no containers.',
    ],
    [
      'two have the name',
      { spec: { templates: [{ container: { image: 'x' } }, { container: { image: 'x' } }] } },
      '2 containers are called "main", and nothing tells which is the primary one.',
    ],
  ])('is not there when %s', (_what, trialSpec, message) => {
    const { container: found, diagnostics } = locate(trialSpec);
    expect(found).toBeUndefined();
    expect(diagnostics.map((one) => one.message)).toEqual([message]);
  });

  it('says what tells two of one name apart: labels of their pods, or in one pod names', () => {
    const hintOf = (trialSpec: unknown) => locate(trialSpec).diagnostics[0]?.hint;
    expect(hintOf(job([container('main'), container('main')]))).toMatch(
      /^Give the containers of the pod names/,
    );
    const templates = [{ container: { image: 'x' } }, { container: { image: 'x' } }];
    expect(hintOf({ spec: { templates } })).toMatch(/^Set primaryPodLabels/);
  });

  const argo = (...templates: unknown[]) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    spec: { templates },
  });
  const primary = { metadata: { labels: { primary: 'true' } } };
  const readable = { container: { image: 'x' } };
  const script = { script: { image: 'x', source: 'print()' } };
  const tekton = (task: object) => ({
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    spec: {
      pipelineSpec: {
        tasks: [
          { name: 'prepare', taskSpec: { steps: [{ name: 'a', image: 'x' }] } },
          { name: 'train', ...task },
        ],
      },
    },
  });
  const master = { 'training.kubeflow.org/job-role': 'master' };

  it.each<[string, unknown, Record<string, unknown>, string | RegExp]>([
    [
      'no pod has the labels',
      job([container('main')]),
      { primaryPodLabels: { app: 'trainer', tier: 'a' } },
      'No container called "main" is in a pod with the labels app=trainer, tier=a.',
    ],
    [
      'another pod has the labels, and no such container',
      argo({ ...primary, container: { image: 'x' } }, readable),
      { primaryContainerName: 'trainer', primaryPodLabels: { primary: 'true' } },
      'No container is called "trainer"; there are "main".',
    ],
    [
      'its labels have another value',
      argo({ metadata: { labels: { primary: 'false' } }, ...readable }),
      { primaryPodLabels: { primary: 'true' } },
      /^No container called "main" is in a pod with the labels primary=true\.$/,
    ],
    [
      'the template with the labels is a script',
      argo(readable, { ...primary, ...script }),
      { primaryPodLabels: { primary: 'true' } },
      /templates\/1\/script, which can't be read: its text stands in "script"\.$/,
    ],
    [
      'a template elsewhere may have the labels',
      argo(readable, { steps: [[{ templateRef: { name: 'shared', template: 'train' } }]] }),
      { primaryPodLabels: { primary: 'true' } },
      /templateRef, which can't be read: "templateRef" names what is not in the Experiment\.$/,
    ],
    [
      'without labels, a script is as likely',
      argo(readable, script),
      {},
      /templates\/1\/script, which can't be read: .*, and 1 more may be meant\.$/,
    ],
    [
      'the whole workflow is elsewhere',
      { kind: 'Workflow', spec: { workflowTemplateRef: { name: 'shared' } } },
      {},
      /"workflowTemplateRef" names what is not in the Experiment\.$/,
    ],
    [
      'the task is defined elsewhere',
      tekton({ taskRef: { name: 'shared' } }),
      { primaryContainerName: 'step-a', primaryPodLabels: { 'tekton.dev/pipelineTask': 'train' } },
      /tasks\/1\/taskRef, which can't be read/,
    ],
    [
      'the labels are of another task',
      tekton({ taskSpec: { steps: [{ name: 'b', image: 'x' }] } }),
      { primaryContainerName: 'step-a', primaryPodLabels: { 'tekton.dev/pipelineTask': 'train' } },
      'No container called "step-a" is in a pod with the labels tekton.dev/pipelineTask=train.',
    ],
  ])('is not taken for another when %s', (_what, trialSpec, template, message) => {
    const { container: found, diagnostics } = locate(trialSpec, template);
    expect(found).toBeUndefined();
    expect(diagnostics.map((one) => one.message)).toEqual([expect.stringMatching(message)]);
  });

  it.each<[string, unknown, Record<string, unknown>, string]>([
    [
      'a container whose labels fit, beside a template elsewhere',
      argo({ ...primary, ...readable }, { steps: [[{ templateRef: { name: 'shared' } }]] }),
      { primaryPodLabels: { primary: 'true' } },
      `${base}/templates/0/container`,
    ],
    [
      "a worker, by the labels that its job's controller sets",
      { kind: 'TFJob', spec: { tfReplicaSpecs: { PS: pod('main'), Worker: pod('main') } } },
      { primaryPodLabels: master },
      `${base}/tfReplicaSpecs/Worker/template/spec/containers/0`,
    ],
    [
      'a master, by the labels of earlier operators',
      { kind: 'PyTorchJob', spec: { pytorchReplicaSpecs: { Worker: pod('main'), Master: pod('main') } } },
      { primaryPodLabels: { 'job-role': 'master' } },
      `${base}/pytorchReplicaSpecs/Master/template/spec/containers/0`,
    ],
    [
      "a pod whose job's controller has labels of its own",
      {
        apiVersion: 'ray.io/v1',
        kind: 'RayJob',
        spec: { rayClusterSpec: { headGroupSpec: pod('main'), workerGroupSpecs: [pod('worker')] } },
      },
      { primaryPodLabels: { 'ray.io/node-type': 'head' } },
      `${base}/rayClusterSpec/headGroupSpec/template/spec/containers/0`,
    ],
    [
      'a step of the task that the labels name',
      tekton({ taskSpec: { steps: [{ name: 'a', image: 'x' }] } }),
      { primaryContainerName: 'step-a', primaryPodLabels: { 'tekton.dev/pipelineTask': 'train' } },
      `${base}/pipelineSpec/tasks/1/taskSpec/steps/0`,
    ],
  ])('is %s', (_what, trialSpec, template, pointer) => {
    expect(locate(trialSpec, template).container?.pointer).toBe(pointer);
  });

  it('is not looked for in a ConfigMap', () => {
    expect(locate(undefined).diagnostics.map((one) => one.code)).toEqual(['no-trial-spec']);
  });

  it('ends its search in absurdly deep objects', () => {
    let deep: unknown = {};
    for (let i = 0; i < 5000; i++) deep = { a: deep };
    expect(locate({ kind: 'Job', deep }).diagnostics[0]?.code).toBe('no-primary-container');
  });
});
