import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { afterAll, describe, expect, it } from 'vitest';
import { python } from './interpreters.ts';
import { manager, runLine, runShim } from './run-shim.ts';

/** Names of the trials that Katib's service was told of, in the order of the calls. */
const told: string[] = [];
/** Statuses of the next answers; afterwards OK. */
const refusals: number[] = [];
const service = new Server();
service.addService(
  {
    SetTrialStatus: {
      path: '/api.v1.beta1.EarlyStopping/SetTrialStatus',
      requestStream: false,
      responseStream: false,
      requestSerialize: (value: Buffer) => value,
      requestDeserialize: (value: Buffer) => value,
      responseSerialize: (value: Buffer) => value,
      responseDeserialize: (value: Buffer) => value,
    },
  },
  {
    SetTrialStatus: (call: { request: Buffer }, answer: (error: object | null, value?: Buffer) => void) => {
      told.push(call.request.subarray(2).toString());
      const code = refusals.shift();
      answer(code === undefined ? null : { code, details: 'no' }, Buffer.alloc(0));
    },
  },
);
const port = await new Promise<number>((resolve, reject) => {
  service.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
    error ? reject(error) : resolve(bound),
  );
});
afterAll(() => service.forceShutdown());

const address = `127.0.0.1:${port}`;
const rule = { name: 'loss', value: '0.5', comparison: 'greater', startStep: 3 };
const config = { objectiveType: 'minimize', rules: [rule], earlyStopping: address };
const rows = (trial: string) => manager.observations(trial).map(({ name, value }) => `${name}=${value}`);

describe('a trial whose rules are met', () => {
  it('ends with all that it started, keeps its rows, and is told to Katib', async () => {
    const { code, stdout, stderr, trial, rows } = await runLine(
      'sh -c "while :; do sleep 1000; done" & echo loss=0.9; echo loss=0.8; echo loss=0.7 accuracy=1; wait',
      { config },
    );
    expect({ code, stdout, rows }).toEqual({
      code: 0,
      stdout: 'loss=0.9\nloss=0.8\nloss=0.7 accuracy=1\n',
      rows: ['loss=0.9', 'loss=0.8', 'loss=0.7', 'accuracy=1'],
    });
    expect(stderr).toBe('katib-push: stopped early: its rule loss greater 0.5 is met\n');
    expect(told).toContain(trial);
  });

  it('is not read after that, but what it prints as it ends passes through', async () => {
    const { code, stdout, rows } = await runLine(
      'trap "echo loss=0.1; exit 7" TERM; for i in 1 2 3; do echo loss=0.9; done; echo ready; while :; do sleep 0.01; done',
      { config },
    );
    expect({ code, rows }).toEqual({ code: 0, rows: ['loss=0.9', 'loss=0.9', 'loss=0.9'] });
    expect(stdout).toMatch(/loss=0.1\n$/);
  });

  it('is told to Katib again where the service refuses', async () => {
    refusals.push(status.UNAVAILABLE, status.UNKNOWN);
    const { trial, stderr } = await runLine('for i in 1 2 3; do echo loss=0.9; done; sleep 1000', { config });
    expect(told.filter((name) => name === trial)).toHaveLength(3);
    expect(stderr).not.toContain('was not told');
  });

  it('succeeds where the service does not answer, and says so', async () => {
    const { code, stderr, rows } = await runLine('for i in 1 2 3; do echo loss=0.9; done; sleep 1000', {
      config: { ...config, earlyStopping: '127.0.0.1:1' },
    });
    expect({ code, count: rows.length }).toEqual({ code: 0, count: 3 });
    expect(stderr).toMatch(
      /127\.0\.0\.1:1 was not told that the trial was stopped early \(.+\): Katib takes it as/,
    );
  });

  it('is a success where rows wait for one', async () => {
    const { code, rows } = await runLine('for i in 1 2 3; do echo loss=0.9; done; sleep 1000', {
      config: { ...config, deliver: 'success' },
    });
    expect({ code, count: rows.length }).toEqual({ code: 0, count: 3 });
  });

  it('is one by what a file holds, too', async () => {
    const { code, rows } = await runLine('for i in 1 2 3; do echo loss=0.9 >>metrics.log; done; sleep 1000', {
      config: { ...config, file: { path: 'metrics.log', format: 'TEXT' } },
    });
    expect({ code, rows }).toEqual({ code: 0, rows: ['loss=0.9', 'loss=0.9', 'loss=0.9'] });
  });

  it('is not reported where a SIGTERM from outside came first', async () => {
    const { code, trial } = await runLine('echo loss=0.9; echo loss=0.9; echo ready; exec sleep 1000', {
      config,
      drive: ({ said, child }) => said('ready').then(() => child.kill('SIGTERM')),
    });
    expect({ code, told: told.includes(trial) }).toEqual({ code: 143, told: false });
  });
});

it('a trial that fails by itself before its lines are read fails, whatever its rules say', async () => {
  // nothing is read before the command's end, and no signal tells of that before all is read
  const preface = `
import os, signal
read = os.read
def later(source, size):
    data = read(source, size)
    if data:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        try:
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        except ChildProcessError:
            pass
    else:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    return data
os.read = later
`;
  const { code, trial, stderr } = await runLine('for i in 1 2 3; do echo loss=0.9; done; exit 7', {
    config,
    preface,
  });
  expect({ code, told: told.includes(trial), stderr }).toEqual({ code: 7, told: false, stderr: '' });
  expect(rows(trial)).toHaveLength(3);
});

it('a trial whose rules are not met runs to its end', async () => {
  const { code, trial } = await runLine('for i in 1 2 3; do echo loss=0.1; done; exit 3', { config });
  expect({ code, rows: rows(trial).length, told: told.includes(trial) }).toEqual({
    code: 3,
    rows: 3,
    told: false,
  });
});

it('values of a line of JSON are tested together', async () => {
  const less = (name: string) => ({ name, value: '1', comparison: 'less', startStep: 0 });
  const { code, trial } = await runLine(
    'for i in 1 2 3; do echo "{\\"loss\\": \\"0.$i\\", \\"accuracy\\": \\"0.$i\\"}" >>metrics.log; done; sleep 1000',
    {
      config: {
        ...config,
        // The second takes the place of the first, and is met by the second line.
        rules: [less('loss'), less('accuracy')],
        file: { path: 'metrics.log', format: 'JSON' },
      },
    },
  );
  expect(code).toBe(0);
  expect(rows(trial).toSorted()).toEqual(['accuracy=0.1', 'accuracy=0.2', 'loss=0.1', 'loss=0.2']);
});

/** Values that stop a trial, and those that don't: `name=value` one by one, and how many are read. */
describe.concurrent('rules are tested as by the collector', () => {
  const less = (name: string, value: string, startStep = 0) => ({
    name,
    value,
    comparison: 'less',
    startStep,
  });
  const greater = (name: string, value: string, startStep = 0) => ({
    name,
    value,
    comparison: 'greater',
    startStep,
  });
  const equal = (name: string, value: string) => ({ name, value, comparison: 'equal', startStep: 0 });

  it.each([
    ['at every value without a start step', 'maximize', [less('loss', '1')], 'loss=3 loss=2 loss=0.5', 3],
    ['at exactly the start step', 'maximize', [less('loss', '1', 2)], 'loss=3 loss=0.5', 2],
    ['and never again', 'maximize', [less('loss', '1', 2)], 'loss=0.5 loss=3 loss=0.5 loss=0.5', undefined],
    ['on floats', 'maximize', [equal('loss', '1')], 'loss=10e-1', 1],
    [
      'on the best value of a maximised objective',
      'maximize',
      [less('accuracy', '0.5', 3)],
      'accuracy=0.6 accuracy=0.1 accuracy=0.1',
      undefined,
    ],
    [
      'on the best value of a minimised objective',
      'minimize',
      [greater('accuracy', '0.5', 3)],
      'accuracy=0.9 accuracy=0.6 accuracy=0.8',
      3,
    ],
    ['on each value of another metric', 'maximize', [less('loss', '0.5', 2)], 'loss=0.9 loss=0.1', 2],
    [
      'until all are met',
      'maximize',
      [less('loss', '1'), greater('accuracy', '0.5')],
      'loss=0.5 loss=2 accuracy=0.9',
      3,
    ],
    [
      'one number of steps for all rules of a metric',
      'maximize',
      [less('loss', '1', 2), less('loss', '9', 2)],
      'loss=0.5 loss=0.5',
      undefined,
    ],
    [
      'the last rule takes the place of one that is met, untested',
      'maximize',
      [less('loss', '1'), less('loss', '2'), less('loss', '3')],
      'loss=0.5 loss=0.5',
      2,
    ],
    ['on metrics that nobody wants', 'maximize', [less('epoch', '5')], 'epoch=9 epoch=1', 2],
    ['not on what is no number', 'maximize', [less('loss', '1')], 'loss=x loss=- loss=0.5', 3],
  ])('%s', async (_, objectiveType, rules, values, read) => {
    const lines = values.split(' ');
    const program = `
import sys, time
for line in ${JSON.stringify(lines)}:
    print(line, flush=True)
print("end", flush=True)
sys.stdin.readline()
sys.exit(9)
`;
    const wanted = { ...config, metrics: ['accuracy', 'loss'], objectiveType, rules };
    const { code } = await runShim({
      words: [python, '-c', program],
      config: wanted,
      drive: async ({ child, said }) => {
        if (read !== undefined) return;
        await said('end');
        child.stdin.end('\n');
      },
    });
    expect(code).toBe(read === undefined ? 9 : 0);
  });
});
