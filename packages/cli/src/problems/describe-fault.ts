import { getSystemErrorMap } from 'node:util';

/** Why a file can't be read or written, in the system's words: `no such file or directory`. */
export function describeFault({ errno, message }: NodeJS.ErrnoException): string {
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? message;
}
