import type { AdmissionOptions, NamespaceOptions } from '../admission-review.ts';
import type { ServerSettings } from './options.ts';

type NamespaceSettings = ServerSettings['namespaces'][string];

/** The settings that are the adapter's. */
export function toAdmissionOptions(settings: ServerSettings): AdmissionOptions {
  const {
    strict,
    rewriteTimeout,
    coverage,
    metricOutput,
    delivery,
    enable,
    dbManagerAddress,
    legacyCollector,
    ways,
    deliver,
    namespaces,
  } = settings;
  return {
    strict,
    timeout: rewriteTimeout,
    coverage,
    output: metricOutput,
    delivery,
    enable,
    legacyCollector,
    ways,
    deliver,
    namespaces: Object.fromEntries(
      Object.entries(namespaces).map(([name, given]) => [name, toNamespaceOptions(given)]),
    ),
    maxScriptLength: settings.maxScriptLength,
    maxGrowth: settings.maxGrowth,
    workers: settings.workers,
    memory: Math.ceil(settings.workerMemory / 1_048_576),
    ...(dbManagerAddress === undefined ? {} : { address: dbManagerAddress }),
  };
}

/** The settings of one namespace, by the names that the rewrite has for them. */
function toNamespaceOptions({
  metricOutput,
  dbManagerAddress,
  ...rest
}: NamespaceSettings): NamespaceOptions {
  return {
    ...rest,
    ...(metricOutput === undefined ? {} : { output: metricOutput }),
    ...(dbManagerAddress === undefined ? {} : { address: dbManagerAddress }),
  };
}
