import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../stack/stack.ts';
import { costsOf } from './run-pod.ts';

/** What a container cost, with everything that it waited for. */
export interface ContainerCost {
  /** The container's. */
  readonly name: string;
  /** Seconds of a processor. */
  readonly cpu: number;
  /** Kilobytes of its largest process. */
  readonly peak: number;
}

/** The costs of all containers that ran for an Experiment. */
export function readCosts(stack: Stack, namespace: string, experiment: string): readonly ContainerCost[] {
  const folder = costsOf(stack, namespace);
  const files = readdirSync(folder).filter((file) => file.startsWith(`${experiment}-`));
  return files.map((file) => ({
    name: file.slice(file.indexOf(' ') + 1, -'.json'.length),
    ...JSON.parse(readFileSync(join(folder, file), 'utf8')),
  }));
}
