import type { PatchOperation } from '@katib-push/katib';
import { sampleExperiment } from '../../katib/test/sample.ts';
import type { AdmissionAnswer } from '../src/index.ts';

const kind = { group: 'kubeflow.org', version: 'v1beta1', kind: 'Experiment' };

/** A review that creates an object. */
export function creation(object: unknown, more: Readonly<Record<string, unknown>> = {}): unknown {
  const request = { uid: 'u-1', kind, operation: 'CREATE', object, oldObject: null, ...more };
  return { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request };
}

/** An Experiment of this name. */
export function named(name: string): Record<string, unknown> {
  return sampleExperiment([['metadata', 'name'], name]);
}

/** The patch of an answer; empty where it has none. */
export function patchOf({ response }: AdmissionAnswer): readonly PatchOperation[] {
  return JSON.parse(Buffer.from(response.patch ?? 'W10=', 'base64').toString());
}
