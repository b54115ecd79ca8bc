import type { PolicyOptions } from '@katib-push/katib';
import { stringify } from 'yaml';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { CommandFailure, problem } from '../problems/problem.ts';

/** What the command line gives. */
export interface PolicyCommandOptions {
  readonly kind: NonNullable<PolicyOptions['kinds']>;
  readonly namespaceLabel?: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly address?: string;
  readonly format?: readonly string[];
  readonly apiVersion: 'v1' | 'v1beta1';
}

/** The body of `katib-push policy`; gives the exit code. */
export async function printPolicy(options: PolicyCommandOptions, context: Context): Promise<number> {
  const { kind, namespaceLabel, namespace, address, format, apiVersion } = options;
  const objects = await context.services
    .createAdmissionPolicy({
      kinds: [...new Set(kind)],
      ...(namespaceLabel ? { namespaceLabels: namespaceLabel } : {}),
      namespace,
      ...(address === undefined ? {} : { address }),
      ...(format ? { metricsFormats: format } : {}),
      apiVersion,
    })
    .catch((error: unknown) => {
      throw error instanceof TypeError ? new CommandFailure([problem('usage', error.message)]) : error;
    });
  context.io.stdout.write(objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n'));
  return exitCode.ok;
}
