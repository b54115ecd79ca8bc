import type { AdmissionRequest } from './request.ts';

/** What is reviewed, and when: a Trial never changes once it is there. */
const operationsOf: Readonly<Record<string, readonly string[]>> = {
  Experiment: ['CREATE', 'UPDATE'],
  Trial: ['CREATE'],
};

/**
 * Whether a request creates or updates an Experiment, or creates a Trial, of the version that is known here, and no
 * subresource of it.
 */
export function concernsUs({ operation, subResource, kind }: AdmissionRequest): boolean {
  const operations = Object.hasOwn(operationsOf, kind.kind) ? operationsOf[kind.kind] : undefined;
  return (
    operations?.includes(operation) === true &&
    subResource === '' &&
    kind.group === 'kubeflow.org' &&
    kind.version === 'v1beta1'
  );
}
