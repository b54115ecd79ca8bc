import type { AdmissionOptions } from '../admission-review.ts';
import type { ServerSettings } from './options.ts';

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
    namespaces,
    maxScriptLength: settings.maxScriptLength,
    maxGrowth: settings.maxGrowth,
    workers: settings.workers,
    memory: Math.ceil(settings.workerMemory / 1_048_576),
    ...(dbManagerAddress === undefined ? {} : { address: dbManagerAddress }),
  };
}
