import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runTrial } from '../../src/index.ts';
import { experimentOf } from '../experiment.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** Runs a shell text as the container's command. */
function runShell(script: string, options: Parameters<typeof runTrial>[1] = {}, parts = {}) {
  return runTrial(experimentOf({ args: [script], trialParameters: [], ...parts }), options);
}

describe('runTrial', () => {
  it('collects both streams, the exit code and the time', async () => {
    const run = await runShell('echo out; echo err >&2; exit 3');
    expect([text(run.stdout), text(run.stderr), run.exitCode]).toEqual(['out\n', 'err\n', 3]);
    expect(run.signal).toBeUndefined();
    expect(run.seconds).toBeGreaterThan(0);
    expect(run.command).toEqual(['sh', '-c', 'echo out; echo err >&2; exit 3']);
  });

  it('joins words for a shell where Katib does, and not where nothing is wrapped', async () => {
    const command = ['echo "$0"', 'one', '&&', 'echo', '*'];
    expect((await runShell('two', {}, { command })).command).toEqual([
      'sh',
      '-c',
      'echo "$0" one && echo * two',
    ]);
    const one = runShell('two', {}, { command, kind: 'Push' });
    await expect(one).rejects.toThrow('echo "$0" is not installed here');
  });

  it('gives pipes, which can be opened again by name', async () => {
    const run = await runShell('echo out > /dev/stdout; echo err >> /dev/stderr');
    expect([text(run.stdout), text(run.stderr), run.exitCode]).toEqual(['out\n', 'err\n', 0]);
  });

  it('substitutes parameters', async () => {
    expect(text((await runTrial(experimentOf(), { set: { lr: '0.3' } })).stdout)).toBe('loss=0.3\n');
  });

  it('runs in an empty folder that is gone afterwards, and names what changes from run to run', async () => {
    const run = await runShell('ls -A; pwd; touch here; mktemp -d');
    const [folder = '', made = ''] = text(run.stdout).split('\n');
    expect(folder).toMatch(/katib-push-\w+\/work$/);
    expect(run.names.map(({ standIn }) => standIn)).toEqual(['<temporary 1>', '<run>']);
    expect(run.names[0]?.text).toBe(made);
    await expect(rm(folder)).rejects.toThrow(/ENOENT/);
  });

  it('gives no input', async () => {
    expect(text((await runShell('cat; echo end')).stdout)).toBe('end\n');
  });

  it('sets what the container, Katib and the caller set, and little else', async () => {
    process.env.KATIB_PUSH_TEST_LEAK = 'leaked';
    const env = [{ name: 'GREETING', value: 'hello $(KATIB_NAME) $$' }];
    const run = await runShell(
      'env',
      { address: '127.0.0.1:1', trialName: 't', environment: { X: 'y' } },
      { env },
    );
    const lines = text(run.stdout).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining(['GREETING=hello $(KATIB_NAME) $', 'KATIB_TRIAL_NAME=t', 'X=y']),
    );
    expect(lines).toContain('KATIB_DB_MANAGER_ADDRESS=127.0.0.1:1');
    expect(text(run.stdout)).not.toContain('leaked');
    delete process.env.KATIB_PUSH_TEST_LEAK;
  });

  it('kills the whole group when the time is over', async () => {
    const run = await runShell('sleep 60 & echo begun; sleep 60', { timeoutSeconds: 2 });
    expect(run).toMatchObject({ timedOut: true, signal: 'SIGKILL' });
    expect(text(run.stdout)).toBe('begun\n');
    expect(run.seconds).toBeLessThan(50);
  });

  it('ends with its first process, as a container does', async () => {
    const run = await runShell('sleep 60 & echo done');
    expect(run).toMatchObject({ exitCode: 0, timedOut: false });
    expect(run.seconds).toBeLessThan(50);
  });

  it('ends although something outside its group holds its output open', async () => {
    const run = await runShell('setsid sleep 50 & echo done; sleep 0.1');
    expect(text(run.stdout)).toBe('done\n');
    expect(run.seconds).toBeLessThan(40);
  });

  it('ends when it is aborted', async () => {
    const controller = new AbortController();
    const run = runShell('echo begun; sleep 60', {
      signal: controller.signal,
      onOutput: () => controller.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
    await expect(runShell('true', { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('reports a signal', async () => {
    const run = await runShell('kill -9 $$$$');
    expect(run.signal).toBe('SIGKILL');
    expect(run.exitCode).toBeUndefined();
  });

  it('joins both streams into one file', async () => {
    const run = await runShell('printf loss=; printf x >&2; echo 1', { joined: true });
    expect(text(run.stdout)).toBe('loss=x1\n');
    expect(run.stderr).toHaveLength(0);
  });

  it('hands output on as it arrives', async () => {
    const seen: string[] = [];
    await runShell('echo a; echo b >&2', {
      onOutput: (stream, bytes) => seen.push(`${stream}: ${text(bytes)}`),
    });
    expect(seen.sort()).toEqual(['stderr: b\n', 'stdout: a\n']);
  });

  it('looks for commands in the given folders first', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'oracle-path-'));
    await writeFile(join(folder, 'python'), '#!/bin/sh\necho mine "$@"\n', { mode: 0o755 });
    const run = await runTrial(experimentOf({ command: ['python'], args: ['-V'], trialParameters: [] }), {
      path: [folder],
    });
    await rm(folder, { recursive: true });
    expect(text(run.stdout)).toBe('mine -V\n');
  });

  it('names a command that is not installed', async () => {
    const experiment = experimentOf({ command: ['python3.0'], args: ['-c', 'pass'], trialParameters: [] });
    await expect(runTrial(experiment)).rejects.toMatchObject({
      code: 'command-not-found',
      message: expect.stringContaining('python3.0 is not installed here'),
    });
  });

  it('names a container without a command, and a missing container', async () => {
    await expect(runTrial(experimentOf({ command: [] }))).rejects.toMatchObject({ code: 'no-command' });
    const experiment = experimentOf();
    experiment.spec.trialTemplate.primaryContainerName = 'other';
    await expect(runTrial(experiment)).rejects.toMatchObject({ code: 'no-container' });
    experiment.spec.trialTemplate.primaryContainerName = 7;
    await expect(runTrial(experiment)).rejects.toMatchObject({ code: 'bad-experiment' });
  });

  it('names the field in which the text of a step stands', async () => {
    const experiment = experimentOf();
    const step = { name: 'train', image: 'python', script: '#!/usr/bin/env python3\nprint("loss=1")\n' };
    experiment.spec.trialTemplate.primaryContainerName = 'step-train';
    experiment.spec.trialTemplate.trialSpec = {
      apiVersion: 'tekton.dev/v1beta1',
      kind: 'PipelineRun',
      spec: { pipelineSpec: { tasks: [{ name: 'train', taskSpec: { steps: [step] } }] } },
    };
    await expect(runTrial(experiment)).rejects.toMatchObject({
      code: 'no-container',
      message: expect.stringContaining('its text stands in "script". Write the step with command and args'),
    });
  });

  it('names an argument that Linux does not take', async () => {
    await expect(runShell(`true ${'x'.repeat(200_000)}`)).rejects.toMatchObject({
      code: 'not-startable',
      message: expect.stringContaining('128 KiB'),
    });
  });
});
