import type { Origin } from './origin.ts';

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
