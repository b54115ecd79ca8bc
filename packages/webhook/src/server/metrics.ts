import { diagnosticCatalogue } from '@katib-push/katib';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AdmissionEvent } from '../admission-review.ts';
import { faults } from '../faults.ts';
import { version } from '../version.ts';
import type { Certificate } from './certificate/certificate.ts';

const prefix = 'katib_push_webhook_';

/** The server's metrics, in a registry of their own. Labels are codes, never text of a request. */
export interface Metrics {
  readonly registry: Registry;
  /** A request was answered; `code` is the HTTP status, or `aborted` where the client went away before. */
  answered(code: string, seconds: number): void;
  reviewed(event: AdmissionEvent): void;
  /** A TLS handshake failed; `code` is that of Node or OpenSSL. */
  handshakeFailed(code: string): void;
  certificateLoaded(): void;
  certificateRefused(): void;
}

/** What is counted, with the names of its labels; each is called `katib_push_webhook_…_total`. */
const counters = {
  requests: ['Requests by HTTP status; aborted: the client went away.', 'code'],
  rewritten: ['Experiments that were answered with a patch that rewrites.'],
  trials_captured: ['Trials that were answered with a patch that captures.'],
  trials_skipped: ['Reviews of Trials that were answered without a patch, on purpose.', 'reason'],
  restored: ['Updates that were answered with what had been rewritten before.'],
  skipped: ['Reviews that were answered without a patch, on purpose.', 'reason'],
  failed: ['Reviews where something went wrong on our side.', 'kind', 'reason'],
  mistakes: [
    'Reviews of objects in which something is wrong that their users can correct.',
    'kind',
    'reason',
  ],
  denied: ['Reviews that were answered with a denial.'],
  handshakes_failed: ['TLS handshakes that failed.', 'code'],
  certificate_loads: ['Certificates that were found, by what became of them.', 'result'],
} as const satisfies Readonly<Record<string, readonly [help: string, ...labels: string[]]>>;

/** Makes the metrics. The gauges ask `certificate` and `ready` when they are read. */
export function createMetrics(
  certificate: () => Certificate | undefined,
  ready: () => boolean,
  processMetrics: boolean,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const made = Object.entries(counters).map(([name, [help, ...labelNames]]) => [
    name,
    new Counter<string>({ name: `${prefix}${name}_total`, help, labelNames, registers }),
  ]);
  const counted: Record<keyof typeof counters, Counter<string>> = Object.fromEntries(made);
  const duration = new Histogram({
    name: `${prefix}request_duration_seconds`,
    help: 'From the first header of a request to the end of its answer.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  new Gauge({
    name: `${prefix}certificate_expiry_timestamp_seconds`,
    help: 'When the certificate in use expires, as Unix time; 0 while there is none.',
    registers,
    collect() {
      const expiry = certificate()?.validTo;
      this.set(expiry === undefined ? 0 : expiry.getTime() / 1000);
    },
  });
  new Gauge({
    name: `${prefix}ready`,
    help: 'Whether /readyz says yes.',
    registers,
    collect() {
      this.set(ready() ? 1 : 0);
    },
  });
  new Gauge({
    name: `${prefix}build_info`,
    help: 'Always 1; the version is the label.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);
  // What is counted for the first time must be seen to rise: `increase()` knows nothing of a series that wasn't there.
  for (const result of ['loaded', 'refused']) counted.certificate_loads.inc({ result }, 0);
  for (const kind of ['Experiment', 'Trial']) {
    for (const reason of ourFaults) counted.failed.inc({ kind, reason }, 0);
    for (const reason of usersMistakes()) counted.mistakes.inc({ kind, reason }, 0);
  }

  return {
    registry,
    answered(code, seconds) {
      counted.requests.inc({ code });
      duration.observe(seconds);
    },
    reviewed({ outcome, kind, reason = 'none', allowed }) {
      if (outcome === 'rewritten') counted.rewritten.inc();
      else if (outcome === 'captured') counted.trials_captured.inc();
      else if (outcome === 'unchanged' && kind === 'Trial') counted.trials_skipped.inc({ reason });
      else if (outcome === 'restored') counted.restored.inc();
      else if (outcome === 'failed') counted[isOurs(reason) ? 'failed' : 'mistakes'].inc({ kind, reason });
      else counted.skipped.inc({ reason: outcome === 'ignored' && reason === 'none' ? 'ignored' : reason });
      if (!allowed) counted.denied.inc();
    },
    handshakeFailed: (code) => counted.handshakes_failed.inc({ code }),
    certificateLoaded: () => counted.certificate_loads.inc({ result: 'loaded' }),
    certificateRefused: () => counted.certificate_loads.inc({ result: 'refused' }),
  };
}

/** Codes of what can only be put right by us, or by who runs the server. */
const ourFaults: readonly string[] = [...Object.keys(faults), 'verification-failed'];

function isOurs(reason: string): boolean {
  return ourFaults.includes(reason);
}

/** Codes of what may be wrong with an object itself. */
function usersMistakes(): readonly string[] {
  return Object.entries(diagnosticCatalogue).flatMap(([code, [severity]]) =>
    !isOurs(code) && (severity === 'error' || code.startsWith('filter-')) ? [code] : [],
  );
}
