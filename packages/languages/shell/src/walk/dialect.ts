import type { Dialect } from './shell.ts';

/** The dialect of a shell called by this name. `sh` is dash in Debian's images and bash or busybox in others. */
export function dialectOf(command: string | undefined): Dialect {
  if (command === 'bash' || command === 'rbash') return 'bash';
  return command === 'dash' ? 'dash' : 'unknown';
}
