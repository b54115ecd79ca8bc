import { getSystemErrorMap } from 'node:util';
import { type Problem, problem } from './problem.ts';

/** Why a file can't be read or written, in the system's words: `no such file or directory`. */
export function describeFault({ errno, message }: NodeJS.ErrnoException): string {
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? message;
}

/** That a file can't be read, and why. */
export function unreadable(file: string, error: NodeJS.ErrnoException): Problem {
  return problem('file-not-readable', `${file} can't be read: ${describeFault(error)}.`, { file });
}
