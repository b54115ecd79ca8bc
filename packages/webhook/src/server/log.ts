import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * The log: one JSON object a line. Only what this package puts together itself is ever given to it, so no script,
 * environment or user of a request gets in: errors are logged as {@link describeError} describes them.
 */
export function createLog(level: string, writeLog: (line: string) => void): Logger {
  return pino(
    {
      name: 'katib-push-webhook',
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: writeLog },
  );
}

/** What may be logged of any error: its class, code, and where it was thrown. Its message may quote a request. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as NodeJS.ErrnoException;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at [\w.<>[\] ]*\(?(?:file:|node:|\/)/.test(line));
  return {
    error: error.constructor.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}
