import { Command, CommanderError } from 'commander';
import { helpLayout, layHelp } from '../lay-help.ts';
import { parseDuration, printDuration } from '../time.ts';
import { CertificatesError } from './certificates-error.ts';
import { readClusterAccess } from './cluster-access.ts';
import { type KeepOptions, type KeepResult, keepCertificates } from './keep-certificates.ts';
import { createKubernetesApi } from './kubernetes-api.ts';

/** The world as the command sees it. */
export interface CertificatesWorld {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Columns that help may have. Default: as many as are good to read. */
  readonly columns?: number;
  readonly readFile: (path: string) => Promise<string>;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Where token, authority and namespace are. Default: where the kubelet mounts them. */
  readonly serviceAccountFolder?: string;
  /** Default: the machine's. */
  readonly clock?: () => Date;
}

const defaults = {
  secret: 'katib-push-webhook-tls',
  service: 'katib-push-webhook',
  webhookConfiguration: 'katib-push-webhook',
  validity: 365 * 24 * 3_600_000,
  renewBefore: 90 * 24 * 3_600_000,
};

/**
 * `katib-push-webhook certificates`: sees to it that the Secret holds a good certificate and that the API server trusts
 * it. Writes one line of what it did, and gives the exit code: 0 done, 2 the command line or the place is wrong, 3 the
 * cluster refused. Rejects for faults of katib-push alone.
 *
 * @param argv what follows the word `certificates`
 */
export async function runCertificates(argv: readonly string[], world: CertificatesWorld): Promise<number> {
  const command = createCommand(world);
  try {
    command.parse([...argv], { from: 'user' });
    const given = command.opts<Record<string, string | undefined>>();
    const validity = readDuration('--validity', given.validity) ?? defaults.validity;
    const renewBefore = readDuration('--renew-before', given.renewBefore) ?? defaults.renewBefore;
    if (renewBefore >= validity) {
      throw new CertificatesError(
        'usage',
        `--renew-before (${printDuration(renewBefore)}) has to be shorter than --validity (${printDuration(validity)})`,
      );
    }
    const access = await readClusterAccess(world.environment, world.readFile, world.serviceAccountFolder);
    const options: KeepOptions = {
      namespace: given.namespace ?? access.namespace,
      secret: given.secret ?? defaults.secret,
      service: given.service ?? defaults.service,
      webhookConfiguration: given.webhookConfiguration ?? defaults.webhookConfiguration,
      validity,
      renewBefore,
    };
    const result = await keepCertificates(createKubernetesApi(access), options, world.clock);
    world.writeOut(`${describe(options, result)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (!(error instanceof CommanderError || error instanceof CertificatesError)) throw error;
    world.writeError(`katib-push-webhook certificates: ${error.message.replace(/^error: /, '')}\n`);
    if (error instanceof CommanderError) world.writeError('See katib-push-webhook certificates --help.\n');
    return error instanceof CertificatesError && error.code === 'cluster' ? 3 : 2;
  }
}

function createCommand({ writeOut, columns = Number.POSITIVE_INFINITY }: CertificatesWorld): Command {
  const { secret, service, webhookConfiguration, validity, renewBefore } = defaults;
  return new Command('katib-push-webhook certificates')
    .description(
      'Keep a certificate for the webhook in a Secret, and its authority in the caBundle of the webhook configuration. ' +
        'Runs in a Pod, does what is missing, and can be run at any time.',
    )
    .option('--namespace <name>', 'namespace of the Secret and the Service (default: that of the Pod)')
    .option('--secret <name>', `the Secret; it has to be there, it may be empty (default: ${secret})`)
    .option('--service <name>', `the Service that the API server calls (default: ${service})`)
    .option(
      '--webhook-configuration <name>',
      `the MutatingWebhookConfiguration that gets the caBundle (default: ${webhookConfiguration})`,
    )
    .option(
      '--validity <duration>',
      `how long a new certificate is valid (default: ${printDuration(validity)})`,
    )
    .option(
      '--renew-before <duration>',
      `how long before its end a certificate is replaced (default: ${printDuration(renewBefore)})`,
    )
    .helpOption('-h, --help', 'show this help')
    .addHelpText(
      'after',
      layHelp('\nExit codes: 0 done, 2 the command line or the place is wrong, 3 the cluster refused.'),
    )
    .allowExcessArguments(false)
    .exitOverride()
    .configureHelp(helpLayout(columns))
    .configureOutput({ writeOut, writeErr: () => {} });
}

function readDuration(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined || milliseconds < 60_000) {
    throw new CertificatesError(
      'usage',
      `${flag} is ${text}. Give a duration of a minute or more, such as 8760h`,
    );
  }
  return milliseconds;
}

function describe(
  { secret, namespace, webhookConfiguration }: KeepOptions,
  { renewed, trusted, validTo }: KeepResult,
): string {
  const until = `valid to ${validTo.toISOString()}`;
  const first =
    renewed === undefined
      ? `the certificate in ${namespace}/${secret} stays, ${until}`
      : `made a certificate for ${namespace}/${secret}, ${until}, because ${renewed}`;
  return trusted === 0 ? first : `${first}; wrote the caBundle of ${webhookConfiguration}`;
}
