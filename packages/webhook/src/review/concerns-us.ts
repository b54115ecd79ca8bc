import type { AdmissionRequest } from './request.ts';

/** Whether a request creates or updates an Experiment of the version that is known here, and no subresource of it. */
export function concernsUs({ operation, subResource, kind }: AdmissionRequest): boolean {
  return (
    (operation === 'CREATE' || operation === 'UPDATE') &&
    subResource === '' &&
    kind.group === 'kubeflow.org' &&
    kind.version === 'v1beta1' &&
    kind.kind === 'Experiment'
  );
}
