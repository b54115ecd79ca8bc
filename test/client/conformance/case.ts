import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CASES = fileURLToPath(new URL('cases', import.meta.url));

/** `name=value`, in the order of their times. */
type Rows = readonly string[] | { readonly count: number; readonly first: string; readonly last: string };

/** `case.json`: what holds for the client of every language. */
export interface ConformanceCase {
  /** The folder's name. */
  readonly name: string;
  readonly folder: string;
  /** What it shows, in one line. */
  readonly shows: string;
  /** What the DB manager holds at the end; by language where it has to differ. Long ones are given by both ends. */
  readonly rows: Rows | Readonly<Record<string, Rows>>;
  /** Differs from two metrics, `accuracy` and `loss`, read with the default filter. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Variables beside those of every case; an empty one unsets. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the prelude gives to the client. */
  readonly overrides?: object;
  /** Stands for the client's source. */
  readonly client?: string;
  /** Exit code, or the signal that ended it; default 0. */
  readonly code?: number | string;
  /** What it writes. Default: what it writes without the client. */
  readonly stdout?: string;
  readonly stderr?: string;
  /** How the one line begins that the client itself adds to stderr, after `katib-push: `. Default: it adds none. */
  readonly said?: string;
  /** How long it may take at most, in seconds. Default: 20. */
  readonly seconds?: number;
  /** The server listens only this many milliseconds after the start. */
  readonly serverAfter?: number;
}

export const cases: readonly ConformanceCase[] = readdirSync(CASES).map((name) => {
  const folder = join(CASES, name);
  return { name, folder, ...JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) };
});

/** The program of a case in one language; a missing one fails. */
export function programOf({ name, folder }: ConformanceCase, file: string): string {
  const path = join(folder, file);
  if (!existsSync(path)) throw new Error(`case ${name} has no ${file}`);
  return readFileSync(path, 'utf8');
}
