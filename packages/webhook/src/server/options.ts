import { isDeepStrictEqual } from 'node:util';
import { present } from '../admission-options.ts';
import type {
  AdmissionEvent,
  AdmissionHandler,
  AdmissionOptions,
  NamespaceOptions,
} from '../admission-review.ts';
import { WebhookServerError } from './errors.ts';
import {
  type SettingKey,
  type SettingValues,
  settingKeys,
  settingOf,
  settings,
} from './settings/catalogue.ts';

/**
 * Options of {@link startWebhookServer}: every setting of docs/configuration.md by its key, durations in milliseconds,
 * sizes in bytes, files as absolute paths; and what only code can give.
 */
export interface WebhookServerOptions extends SettingValues {
  /** Makes the handler that answers reviews; the server closes it. Default: `createAdmissionHandler`. */
  readonly createHandler?: (options: AdmissionOptions) => AdmissionHandler;
  /** Called once for each review, after it was counted and logged. What it throws is swallowed. */
  readonly observe?: (event: AdmissionEvent) => void;
  /** Takes the log, one JSON object a line. Default: standard output. */
  readonly writeLog?: (line: string) => void;
  /**
   * Whether `/metrics` tells of the process, too: memory, CPU, event loop, garbage collection. It observes the whole
   * process and does so until that ends, so only the program should ask for it. Default false.
   */
  readonly processMetrics?: boolean;
}

type Defaulted = {
  [Key in SettingKey]: (typeof settings)[Key] extends { fallback?: infer Value } ? Value : never;
};

/** The settings with their defaults filled in. */
export type ServerSettings = SettingValues & {
  readonly [Key in Exclude<
    SettingKey,
    'host' | 'adminHost' | 'tlsCertificate' | 'tlsKey' | 'clientCa' | 'clientNames' | 'dbManagerAddress'
  >]: NonNullable<Defaulted[Key]>;
};

/** Fills in defaults. Throws {@link WebhookServerError} `usage` where a value can't be meant, or settings contradict each other. */
export function completeSettings(options: WebhookServerOptions): ServerSettings {
  const values: Partial<Record<SettingKey, unknown>> = {};
  for (const key of settingKeys) {
    const value = options[key] ?? settings[key].fallback;
    if (value === undefined) continue;
    checkValue(key, value);
    values[key] = value;
  }
  const complete = values as unknown as ServerSettings;
  const contradiction = findContradiction(complete);
  if (contradiction !== undefined) throw new WebhookServerError('usage', contradiction);
  return complete;
}

/** A value has to be one that can be written: then it is within bounds, too. */
function checkValue(key: SettingKey, value: unknown): void {
  const { kind } = settingOf(key);
  const text = typeof value === kind.type ? kind.print(value) : undefined;
  if (text !== undefined && isDeepStrictEqual(kind.read(kind.readText ? kind.readText(text) : text), value))
    return;
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  throw new WebhookServerError('usage', `the option ${key} is ${shown}. ${kind.remedy}`);
}

function findContradiction(values: ServerSettings): string | undefined {
  const { tlsCertificate, tlsKey, selfSigned, clientCa, clientNames } = values;
  const { headersTimeout, requestTimeout } = values;
  const files = tlsCertificate !== undefined || tlsKey !== undefined;
  if (selfSigned && files)
    return 'selfSigned and the files of a certificate exclude each other: leave one of them out';
  if (selfSigned && clientCa !== undefined)
    return 'selfSigned goes without clientCa: give the files of a certificate';
  if (!selfSigned && !files) {
    return 'there is no certificate: give tlsCertificate and tlsKey, or selfSigned for a trial on this machine';
  }
  if (!selfSigned && (tlsCertificate === undefined || tlsKey === undefined)) {
    return `tlsCertificate and tlsKey belong together: ${tlsKey === undefined ? 'tlsKey' : 'tlsCertificate'} is missing`;
  }
  if (clientNames !== undefined && clientCa === undefined) {
    return 'clientNames needs clientCa: without an authority, anyone can make a certificate of that name';
  }
  if (requestTimeout < headersTimeout) {
    return `requestTimeout (${requestTimeout} ms) includes the headers: it can't be below headersTimeout (${headersTimeout} ms)`;
  }
  return undefined;
}

type NamespaceSettings = ServerSettings['namespaces'][string];

/** The settings that are the adapter's. */
export function toAdmissionOptions(settings: ServerSettings): AdmissionOptions {
  const { strict, delivery, legacyCollector, maxScriptLength, maxGrowth, workers, namespaces } = settings;
  return {
    strict,
    delivery,
    legacyCollector,
    maxScriptLength,
    maxGrowth,
    workers,
    timeout: settings.rewriteTimeout,
    memory: Math.ceil(settings.workerMemory / 1_048_576),
    namespaces: Object.fromEntries(
      Object.entries(namespaces).map(([name, given]) => [name, toNamespaceOptions(given)]),
    ),
    ...toNamespaceOptions(settings),
  };
}

/** What a namespace may set for itself, by the names that the rewrite has for it. */
function toNamespaceOptions({
  enable,
  ways,
  deliver,
  coverage,
  metricOutput: output,
  dbManagerAddress: address,
}: NamespaceSettings): NamespaceOptions {
  return present({ enable, ways, deliver, coverage, output, address });
}
