import { ways as allWays, choices } from '@katib-push/katib/choices';
import { bytes, choice, duration, integer, list, text, truth, urlPath, words } from './kinds.ts';
import { namespaces } from './namespaces.ts';
import type { Kind, Setting } from './setting.ts';

function setting<Value>(kind: Kind<Value>, meaning: string, fallback?: NoInfer<Value>): Setting<Value> {
  return { kind, meaning, ...(fallback === undefined ? {} : { fallback }) };
}

const hour = 3_600_000;
const port = integer(0, 65_535);
const host = text('address', 'Give a name or an address such as 127.0.0.1.');
const enable = truth();
const ways = words(...allWays);
const deliver = choice(...choices.deliver.values);
const coverage = choice(...choices.coverage.values);
const metricOutput = choice(...choices.output.values);
const dbManagerAddress = text('host:port', 'Give host:port, such as katib-db-manager.kubeflow:6789.');
const file = { ...text('file', 'Give the path of a file.'), isFile: true };

/**
 * Every setting of the server: the one source of flags, environment variables, the file's schema
 * (schema/configuration.schema.json) and the table in docs/configuration.md. The key is the file's key; flag and
 * variable are made from it (`setting.ts`). Durations are milliseconds, sizes bytes.
 */
export const settings = {
  host: setting(host, 'Address on which admission reviews are taken. Default: every address of the machine.'),
  port: setting(port, 'Port of admission reviews (HTTPS); 0 for any free one.', 8443),
  path: setting(urlPath(), 'Path of admission reviews.', '/mutate'),
  adminHost: setting(host, 'Address of health and metrics. Default: every address of the machine.'),
  adminPort: setting(
    port,
    'Port of `/healthz`, `/readyz` and `/metrics` (plain HTTP); 0 for any free one.',
    8080,
  ),

  tlsCertificate: setting(
    file,
    'PEM file of the certificate, intermediates after it. Read again when it changes; it may appear after the start, until then the server is not ready.',
  ),
  tlsKey: setting(file, "PEM file of the certificate's private key. Read again when it changes."),
  tlsMinVersion: setting(choice('1.3', '1.2'), 'The oldest version of TLS that is taken.', '1.3'),
  clientCa: setting(
    file,
    'PEM file of the authorities of client certificates. Where it is set, only clients with a certificate of one of them get in: the API server has to be set up with one. Read again when it changes.',
  ),
  clientNames: setting(
    list('names', 'Give names with commas between them.'),
    'Which names a client certificate may have: as its common name, or among its DNS names. Default: any. Needs `clientCa`.',
  ),
  certificatePoll: setting(
    duration(100, hour),
    'How often the files of certificates are looked at, besides being watched.',
    60_000,
  ),
  selfSigned: setting(
    truth(),
    'Serves with a certificate that is made at the start and kept in memory: for trials on one machine.',
    false,
  ),

  bodyLimit: setting(
    bytes(1024, 64 * 1_048_576),
    'The largest body that is taken; more is answered with 413. A review may hold two objects of 3 MiB.',
    7 * 1_048_576,
  ),
  bodiesLimit: setting(
    bytes(1024, 64 * 1024 * 1_048_576),
    'How much of all bodies together is held at once; more is answered with 503.',
    128 * 1_048_576,
  ),
  headerLimit: setting(
    bytes(1024, 1_048_576),
    'The largest header that is taken; more is answered with 431.',
    16_384,
  ),
  handshakeTimeout: setting(duration(10, hour), 'How long a TLS handshake may take.', 10_000),
  headersTimeout: setting(
    duration(10, hour),
    'How long the headers of a request may take; then 408.',
    10_000,
  ),
  requestTimeout: setting(
    duration(10, hour),
    'How long a request may take to arrive, body included; then 408. At least `headersTimeout`.',
    20_000,
  ),
  keepAliveTimeout: setting(
    duration(10, 24 * hour),
    'How long an idle connection is kept. The API server reuses one for up to 90 s: keep it longer here.',
    120_000,
  ),
  maxConnections: setting(
    integer(1, 1_000_000),
    'How many connections may be open; more are closed at once.',
    10_000,
  ),

  shutdownDelay: setting(
    duration(0, hour),
    'How long to go on after SIGTERM or SIGINT, not ready, so that the cluster stops sending.',
    5000,
  ),
  drainTimeout: setting(
    duration(0, hour),
    'How long requests under way may take after that; then they are cut off.',
    20_000,
  ),
  logLevel: setting(
    choice('trace', 'debug', 'info', 'warn', 'error', 'silent'),
    'The least level that is logged. No level shows scripts, environments or users.',
    'info',
  ),

  strict: setting(
    truth(),
    'Denies an Experiment where the rewrite went wrong, instead of letting it pass with a warning.',
    false,
  ),
  rewriteTimeout: setting(
    duration(1, 30_000),
    'How long one rewrite may take; what is left to the API server lowers it.',
    2000,
  ),
  workers: setting(
    integer(1, 64),
    'How many rewrites may run at once, each in a thread of its own. One more for each core that the server may use.',
    1,
  ),
  workerMemory: setting(
    bytes(64 * 1_048_576, 4096 * 1_048_576),
    'How much heap one worker may have; one that needs more is ended and replaced.',
    256 * 1_048_576,
  ),
  maxGrowth: setting(
    bytes(1024, 1_048_576),
    'By how many bytes of JSON an Experiment may grow; one that would grow more is left alone.',
    262_144,
  ),
  maxScriptLength: setting(
    integer(1, 4_194_304),
    'Scripts with more UTF-16 code units than this are left alone. A process can not be given a longer argument than the default.',
    131_072,
  ),
  coverage: setting(
    coverage,
    'What is read: what likely statements write, or every line. An annotation of the Experiment wins, also for the next two.',
    choices.coverage.values[0],
  ),
  metricOutput: setting(metricOutput, 'Whether what is pushed is still printed.', choices.output.values[0]),
  delivery: setting(
    choice(...choices.delivery.values),
    'How the client reaches the trial.',
    choices.delivery.values[0],
  ),
  enable: setting(
    enable,
    'As if each Experiment had the annotation `katib-push.io/rewrite: enabled`.',
    false,
  ),
  ways: setting(ways, 'Which ways to a push are allowed at all. Nothing raises it.', allWays),
  deliver: setting(
    deliver,
    'When rows are handed on, container way: as they are read, after exit code 0, or then and only if nobody else reported. An annotation of the Experiment wins.',
    choices.deliver.values[0],
  ),
  namespaces: setting(
    namespaces({ enable, ways, deliver, coverage, metricOutput, dbManagerAddress }),
    'What holds in single namespaces, by name: `enable`, `deliver`, `coverage`, `metricOutput` and `dbManagerAddress` instead of the settings of the same names, and `ways`, a further ceiling.',
    {},
  ),
  dbManagerAddress: setting(
    dbManagerAddress,
    'Where trials push to. Default: `katib-db-manager.kubeflow:6789`.',
  ),
  legacyCollector: setting(
    truth(),
    'For Katib before 0.18: the collector `None`, and the label against the sidecar.',
    false,
  ),
};

/** A key of the configuration file. */
export type SettingKey = keyof typeof settings;

/** What the settings are set to. Durations are milliseconds, sizes bytes. */
export type SettingValues = {
  readonly [Key in SettingKey]?: (typeof settings)[Key] extends Setting<infer Value> ? Value : never;
};

/** The keys in the order of the table. */
export const settingKeys = Object.keys(settings) as readonly SettingKey[];

/** A setting by its key, whatever its values are. */
export function settingOf(key: SettingKey): Setting<unknown> {
  return settings[key] as Setting<unknown>;
}
