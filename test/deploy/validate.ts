import { join } from 'node:path';
import { Certificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { Issuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { Manifest } from './manifests.ts';
import { runPython } from './tools.ts';

/** The oldest version of Kubernetes that the manifests are for (matchConditions are stable there), and the newest. */
const kubernetesVersions = ['1.30', '1.37'];

const customKinds = { Certificate, Issuer, PrometheusRule, ServiceMonitor };

/** What the schemas of Kubernetes, cert-manager and the Prometheus Operator have against some manifests; empty if nothing. */
export function validateManifests(
  manifests: readonly Manifest[],
  versions: readonly string[] = kubernetesVersions,
): readonly string[] {
  const isCustom = ({ kind }: Manifest): boolean => kind in customKinds;
  const ofKubernetes = manifests.filter((manifest) => !isCustom(manifest));
  const answer = runPython(
    join(import.meta.dirname, 'validate.py'),
    JSON.stringify({ versions, manifests: ofKubernetes }),
  );
  const problems = (JSON.parse(answer) as readonly (readonly string[])[]).map((parts) => parts.join(': '));
  return [...problems, ...manifests.filter(isCustom).flatMap(validateCustom)];
}

function validateCustom(manifest: Manifest): readonly string[] {
  const Kind = customKinds[manifest.kind as keyof typeof customKinds];
  try {
    // biome-ignore lint/suspicious/noExplicitAny: what is in it is what is to be validated
    new Kind(manifest as any).validate();
    return [];
  } catch (error) {
    return [`${manifest.kind}/${manifest.metadata.name}: ${(error as Error).message}`];
  }
}
