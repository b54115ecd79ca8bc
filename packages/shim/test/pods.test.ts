import { describe, expect, it } from 'vitest';
import { runLine } from './run-shim.ts';

const INDEX = 'batch.kubernetes.io/job-completion-index';
const labels = { 'training.kubeflow.org/job-role': 'master', [INDEX]: '0' };

describe.concurrent('of a template that serves several pods', () => {
  it.each([
    ['the primary one', labels, { KATIB_PUSH_LABEL_0: 'master', JOB_COMPLETION_INDEX: '0' }, true],
    ['another role', labels, { KATIB_PUSH_LABEL_0: 'worker', JOB_COMPLETION_INDEX: '0' }, false],
    ['a pod without that label', labels, { KATIB_PUSH_LABEL_0: '', JOB_COMPLETION_INDEX: '0' }, false],
    ['another index', labels, { KATIB_PUSH_LABEL_0: 'master', JOB_COMPLETION_INDEX: '1' }, false],
    ['nothing but labels', { b: '1', a: '2' }, { KATIB_PUSH_LABEL_0: '1', KATIB_PUSH_LABEL_1: '2' }, true],
  ])('%s', async (_, wanted, here, isRead) => {
    const { code, stdout, stderr, rows } = await runLine(
      'echo loss=1; env | grep -c KATIB_PUSH_LABEL; exit 3',
      {
        env: { KATIB_PUSH_POD_LABELS: JSON.stringify(Object.entries(wanted)), ...here },
      },
    );
    expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: 'loss=1\n0\n', stderr: '' });
    expect(rows).toEqual(isRead ? ['loss=1'] : []);
  });
});
