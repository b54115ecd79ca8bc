import { isRecord } from '../json-pointer.ts';
import type { PrimaryContainer } from '../locate/locate-container.ts';
import type { PatchBuilder } from './build-patch.ts';

/** An environment variable of a container. Source: Kubernetes, `EnvVar`. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef: { readonly fieldPath: string } };
}

/** Sets variables of a container: in the place of those of the same name, else behind what is there. */
export function setVariables(
  patch: PatchBuilder,
  { at, value }: PrimaryContainer,
  variables: readonly Variable[],
): void {
  const present: readonly unknown[] = Array.isArray(value.env) ? value.env : [];
  for (const variable of variables) {
    const index = present.findIndex((entry) => isRecord(entry) && entry.name === variable.name);
    if (index < 0) patch.append([...at, 'env'], variable);
    else patch.set([...at, 'env', index], variable);
  }
}
