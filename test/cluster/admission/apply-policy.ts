import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { policyKinds } from '@katib-push/katib';
import { parse } from 'yaml';
import type { Kube } from '../control-plane/kube.ts';
import type { Stored } from './world.ts';

const program = join(import.meta.dirname, '../../../packages/cli/src/bin.ts');
const api = '/apis/admissionregistration.k8s.io/v1beta1';
const paths: Readonly<Record<string, string>> = {
  ConfigMap: '/api/v1/namespaces/kubeflow/configmaps',
  MutatingAdmissionPolicy: `${api}/mutatingadmissionpolicies`,
  MutatingAdmissionPolicyBinding: `${api}/mutatingadmissionpolicybindings`,
};

/** Applies the documents that `katib-push policy` prints, as a user does, and gives them. */
export async function applyPolicy(kube: Kube, ...more: readonly string[]): Promise<readonly Stored[]> {
  const flags = ['policy', '--api-version', 'v1beta1', '--kind', ...policyKinds, ...more];
  const printed = execFileSync(process.execPath, ['--conditions=source', program, ...flags], {
    encoding: 'utf8',
  });
  const documents = printed.split(/^---\n/m);
  const policy = documents.map((text) => parse(text) as Stored);
  for (const [index, text] of documents.entries())
    await kube.must('POST', `${paths[policy[index].kind]}?fieldValidation=Strict`, text, {
      type: 'application/yaml',
    });
  return policy;
}

/** Deletes one of these documents. */
export async function removeDocument(kube: Kube, { kind, metadata }: Stored): Promise<void> {
  await kube.must('DELETE', `${paths[kind]}/${metadata.name}`);
}
