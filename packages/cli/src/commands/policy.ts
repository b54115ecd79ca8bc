import type { PolicyOptions } from '@katib-push/katib';
import { stringify } from 'yaml';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';

/** What the command line gives. */
export interface PolicyCommandOptions {
  readonly kind: NonNullable<PolicyOptions['kinds']>;
  readonly namespaceLabel?: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly address?: string;
  readonly apiVersion: 'v1' | 'v1beta1';
}

/** The body of `katib-push policy`; gives the exit code. */
export async function printPolicy(options: PolicyCommandOptions, context: Context): Promise<number> {
  const { kind, namespaceLabel, namespace, address, apiVersion } = options;
  const objects = await context.services.createAdmissionPolicy({
    kinds: [...new Set(kind)],
    ...(namespaceLabel ? { namespaceLabels: namespaceLabel } : {}),
    namespace,
    ...(address === undefined ? {} : { address }),
    apiVersion,
  });
  context.io.stdout.write(objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n'));
  return exitCode.ok;
}
