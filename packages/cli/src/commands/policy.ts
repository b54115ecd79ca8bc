import type { PolicyOptions } from '@katib-push/katib';
import { policyKinds } from '@katib-push/katib/choices';
import { layHelp } from '@katib-push/webhook/settings';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { CommandFailure, problem } from '../problems/problem.ts';
import type { Act } from './act.ts';

/** Declares `katib-push policy`. */
export function declarePolicy(program: Command, act: Act): void {
  program
    .command('policy')
    .description(
      'Print a MutatingAdmissionPolicy that puts Trials under the shim without a server, for kubectl apply.',
    )
    .addOption(
      new Option('--kind <kind...>', 'kinds of the jobs whose Trials it takes')
        .choices(policyKinds)
        .default(['Job']),
    )
    .addOption(
      new Option(
        '--namespace-label <key=value>',
        'only in namespaces with this label; repeatable (default: in all)',
      ).argParser(readLabel),
    )
    .option('-n, --namespace <name>', 'namespace of the ConfigMap that holds the shim', 'kubeflow')
    .option('--address <host:port>', "the DB manager's (default: katib-db-manager.kubeflow:6789)")
    .addOption(
      new Option(
        '--format <filter>',
        "a metricsFormat whose Trials it takes, beside Katib's default and those of its examples; repeatable",
      ).argParser((filter: string, before: readonly string[] = []) => [...before, filter]),
    )
    .addOption(
      new Option('--api-version <version>', 'of admissionregistration.k8s.io: v1 from Kubernetes 1.36 on')
        .choices(['v1', 'v1beta1'])
        .default('v1'),
    )
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => printPolicy));
}

/** Adds `KEY=VALUE` to the labels before it. */
function readLabel(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, key, value] = /^([^=\s]+)=([^=\s]*)$/.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError('Write it as KEY=VALUE.');
  return { ...before, [key]: value };
}

/** What the command line gives. */
interface PolicyCommandOptions {
  readonly kind: NonNullable<PolicyOptions['kinds']>;
  readonly namespaceLabel?: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly address?: string;
  readonly format?: readonly string[];
  readonly apiVersion: 'v1' | 'v1beta1';
}

/** The body of `katib-push policy`; gives the exit code. */
async function printPolicy(options: PolicyCommandOptions, context: Context): Promise<number> {
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
  const { stringify } = await import('yaml');
  context.io.stdout.write(objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n'));
  return exitCode.ok;
}

const afterHelp = `
It takes Trials with the label katib-push.io/capture: container, which they have from their Experiment. What it can't be
sure about it leaves to Katib's sidecar: where words would have to be joined for a shell, filters that it isn't told.

Examples:
  katib-push policy | kubectl apply -f -
  katib-push policy --kind Job PyTorchJob --namespace-label team=vision | kubectl apply -f -
  katib-push policy --format '(\\w+) -> ([\\d.]+)' | kubectl apply -f -
  katib-push policy --api-version v1beta1            for a Kubernetes with the feature gate on

Exit codes: 0 done, 2 an option can't be used.`;
