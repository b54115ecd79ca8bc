import { type Logger, pino } from 'pino';

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
