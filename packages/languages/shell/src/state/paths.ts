import { keyOf, writtenText } from '../values/read-value.ts';
import type { Value } from '../values/value.ts';
import type { Shell } from './shell.ts';

/** The folder a shell begins in, whatever it is. */
export const startFolder = '\0.\0';

/**
 * The key of a file: two names have the same key if they name the same file.
 *
 *     train.py     ./train.py     "$PWD/train.py"     one key
 *     "$d/x.py"                                       one key as long as `$d` isn't set anew
 */
export function fileKey(value: Value, shell: Shell): string {
  return resolve(keyOf(value), shell.cwd);
}

export function resolve(path: string, folder: string): string {
  const home = path === '~' || path.startsWith('~/') ? `\0$HOME\0${path.slice(1)}` : path;
  // A symbol in front stands for a folder by its full name, as `$(mktemp -d)` and `$HOME` do.
  const absolute = home.startsWith('/') || home.startsWith('\0');
  return normalize(absolute ? home : `${folder}/${home}`);
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    const last = parts.at(-1);
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    if (part === '..' && last !== undefined && last !== '' && last !== '..' && !last.includes('\0'))
      parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** The folder of a key. */
export function folderOf(key: string): string {
  return key.slice(0, Math.max(key.lastIndexOf('/'), 0));
}

/** Files of the machine, in which no metric stands. */
export function isSystemFile(file: Value): boolean {
  return /^\/(etc|proc|sys|run|var\/run)\//.test(writtenText(file));
}
