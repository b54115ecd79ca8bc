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

/** Makes the metrics. The gauges ask `certificate` and `ready` when they are read. */
export function createMetrics(
  certificate: () => Certificate | undefined,
  ready: () => boolean,
  processMetrics: boolean,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: prefix + name, help, labelNames, registers });

  const requests = counter(
    'requests_total',
    'Requests by HTTP status; aborted: the client went away.',
    'code',
  );
  const rewritten = counter('rewritten_total', 'Experiments that were answered with a patch that rewrites.');
  const captured = counter('trials_captured_total', 'Trials that were answered with a patch that captures.');
  const trialsLeft = counter(
    'trials_skipped_total',
    'Reviews of Trials that were answered without a patch, on purpose.',
    'reason',
  );
  const restored = counter(
    'restored_total',
    'Updates that were answered with what had been rewritten before.',
  );
  const skipped = counter(
    'skipped_total',
    'Reviews that were answered without a patch, on purpose.',
    'reason',
  );
  const failed = counter('failed_total', 'Reviews where something went wrong on our side.', 'kind', 'reason');
  const mistaken = counter(
    'mistakes_total',
    'Reviews of objects in which something is wrong that their users can correct.',
    'kind',
    'reason',
  );
  const denied = counter('denied_total', 'Reviews that were answered with a denial.');
  const handshakes = counter('handshakes_failed_total', 'TLS handshakes that failed.', 'code');
  const loads = counter(
    'certificate_loads_total',
    'Certificates that were found, by what became of them.',
    'result',
  );
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
  for (const result of ['loaded', 'refused']) loads.inc({ result }, 0);
  for (const kind of ['Experiment', 'Trial']) {
    for (const reason of ourFaults) failed.inc({ kind, reason }, 0);
    for (const reason of usersMistakes()) mistaken.inc({ kind, reason }, 0);
  }

  return {
    registry,
    answered(code, seconds) {
      requests.inc({ code });
      duration.observe(seconds);
    },
    reviewed({ outcome, kind, reason = 'none', allowed }) {
      if (outcome === 'rewritten') rewritten.inc();
      else if (outcome === 'captured') captured.inc();
      else if (outcome === 'unchanged' && kind === 'Trial') trialsLeft.inc({ reason });
      else if (outcome === 'restored') restored.inc();
      else if (outcome === 'failed') (isOurs(reason) ? failed : mistaken).inc({ kind, reason });
      else skipped.inc({ reason: outcome === 'ignored' && reason === 'none' ? 'ignored' : reason });
      if (!allowed) denied.inc();
    },
    handshakeFailed: (code) => handshakes.inc({ code }),
    certificateLoaded: () => loads.inc({ result: 'loaded' }),
    certificateRefused: () => loads.inc({ result: 'refused' }),
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
