import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Origin } from './origin.ts';

/** Packages whose objects log, and the functions that make loggers. */
const LOGGING =
  /^(?:winston|log4js|bunyan|loglevel|signale|consola|npmlog|tracer|roarr|tslog|pino|electron-log|log)(?:\.|$)|(?:^|\.)(?:getLogger|createLogger|makeLogger|Logger|Signale|useLogger)$/;

/** Whether something of that origin is `console`, or one that the script made. */
export function isConsole(origin: Origin): boolean {
  return isMadeConsole(origin) || /^(?:console\.)?console$/.test(origin.path ?? '');
}

/** `new Console(stream)` */
export function isMadeConsole({ madeBy }: Origin): boolean {
  return madeBy === 'console.Console' || madeBy === 'console.console.Console';
}

/** The stream that something of that origin is; `undefined` for anything but `process.stdout` and `process.stderr`. */
export function streamOf({ path }: Origin): 'stdout' | 'stderr' | undefined {
  if (path === 'process.stdout') return 'stdout';
  return path === 'process.stderr' ? 'stderr' : undefined;
}

/** Whether something is a logger, by where it comes from or by what it is called: `logger`, `this.log`; but not `dialog`. */
export function isLogger(
  script: Script,
  { path = '', madeBy = '' }: Origin,
  receiver: Syntax | undefined,
): boolean {
  if (LOGGING.test(path) || LOGGING.test(madeBy)) return true;
  const written = receiver ? textOf(script, receiver) : '';
  const last = /([\w$]+)\s*(?:\([^()]*\))?$/.exec(written)?.[1] ?? '';
  return (
    /^[_$#]*(?:\w*_)?(?:log|logger|logging|LOG|LOGGER|getLogger)(?:_\w*)?$/.test(last) ||
    /[a-z]Logger$/.test(last)
  );
}
