import { createAdmissionPolicy, policyKinds } from '@katib-push/katib';
import { exitCode, run } from 'katib-push';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadServices } from '../src/services.ts';
import { fakeIo } from './fake-io.ts';

async function print(...flags: readonly string[]): Promise<readonly unknown[]> {
  const { io, written } = fakeIo();
  expect(await run(['policy', ...flags], io, loadServices())).toBe(exitCode.ok);
  expect(written.stderr).toBe('');
  return parseAllDocuments(written.stdout).map((document) => document.toJS());
}

describe('policy', () => {
  it('prints the policy for Jobs', async () => {
    expect(await print()).toEqual(createAdmissionPolicy());
  });

  it('takes every option', async () => {
    const flags = ['--namespace-label', 'team=vision', '--namespace-label', 'tier=', '-n', 'tuning'];
    const more = ['--address', 'db:6789', '--format', '(a) (b)', '--format', '(c) (d)'];
    expect(await print('--kind', ...policyKinds, ...flags, ...more, '--api-version', 'v1beta1')).toEqual(
      createAdmissionPolicy({
        kinds: policyKinds,
        namespaceLabels: { team: 'vision', tier: '' },
        namespace: 'tuning',
        address: 'db:6789',
        metricsFormats: ['(a) (b)', '(c) (d)'],
        apiVersion: 'v1beta1',
      }),
    );
  });

  it.each(['(x', '(loss)', '', '(a) (b);(c) (d)', '(a)(?=b)(c)'])('refuses the filter %j', async (filter) => {
    const { io, written } = fakeIo();
    expect(await run(['policy', '--format', filter], io, loadServices())).toBe(exitCode.badInput);
    expect(written.stdout).toBe('');
    expect(written.stderr).toMatch(/^error usage: \S/);
  });
});
