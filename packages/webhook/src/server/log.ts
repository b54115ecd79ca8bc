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
  const { code, message, stack = '' } = error as NodeJS.ErrnoException;
  const start = stack.indexOf(message);
  const frames = start < 0 ? [] : stack.slice(start + message.length).split('\n');
  return {
    error: error.constructor.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.flatMap((line) => /^ {4}(at .+)$/.exec(line)?.[1] ?? []).slice(0, 8),
  };
}
