import { type Logger, pino } from 'pino';
import type { AdmissionEvent } from '../admission-review.ts';

/**
 * The log: one JSON object a line. Only what this package puts together itself is ever given to it, so no script,
 * environment or user of a request gets in: errors are logged as `describeError` describes them.
 */
export function createLog(level: string, writeLog: (line: string) => void): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: writeLog },
  );
}

const kinds: readonly string[] = ['Experiment', 'Trial'];
const operations: readonly string[] = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];

/** The level at which a review is logged. */
export function levelOf({ outcome }: AdmissionEvent): 'debug' | 'info' | 'warn' {
  return outcome === 'ignored' ? 'debug' : outcome === 'failed' ? 'warn' : 'info';
}

/**
 * What the log tells of a review. Names are shown if they are names as the API server gives them; a request from elsewhere
 * may hold any text there.
 */
export function describeReview(event: AdmissionEvent): Readonly<Record<string, unknown>> {
  const { outcome, reason, kind, operation, namespace, name, uid, dryRun, allowed, milliseconds } = event;
  return {
    outcome,
    ...(reason === undefined ? {} : { reason }),
    kind: kinds.includes(kind) ? kind : 'other',
    operation: operations.includes(operation) ? operation : 'unknown',
    ...(namespace === undefined ? {} : { namespace: showName(namespace) }),
    ...(name === undefined ? {} : { name: showName(name) }),
    uid: showName(uid),
    dryRun,
    allowed,
    milliseconds: Math.round(milliseconds * 10) / 10,
  };
}

function showName(name: string): string {
  return name.length <= 253 && /^[a-z0-9][a-z0-9.-]*$/.test(name) ? name : '(no name)';
}
