import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseFolder, readCaseFolders } from '../../case-folder.ts';

/** `name=value`, in the order of their times. */
export type Rows =
  | readonly string[]
  | { readonly count: number; readonly first: string; readonly last: string };

/** What every client has in common, or one for each language. */
type PerLanguage<T> = T | Readonly<Record<string, T>>;

/**
 * How the server treats a call: a gRPC status (0: hands it on to the DB manager), `reset` of the call, `destroy` of the
 * connection, `goaway` with a reset, or `silent`.
 */
export type Answer = number | 'reset' | 'destroy' | 'goaway' | 'silent';

/**
 * `case.json`: what holds for the client of every language. In variables and expected lines `{folder}` is the program's
 * folder, which is also its TMPDIR, and `{address}` the server's address. The trial is called `conformance`.
 */
interface Described {
  /** What the DB manager holds at the end; by language where it has to differ. Long ones are given by both ends. */
  readonly rows: PerLanguage<Rows>;
  /** What the spill file holds at the end, in the order of the times. Default: there is no such file. */
  readonly spilled?: Rows;
  /** The spill file's name. Default: `katib-push-conformance.jsonl`. */
  readonly spillFile?: string;
  /** Differs from two metrics, `accuracy` and `loss`, read with the default filter. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Variables beside those of every case; an empty one unsets. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the prelude gives to the client. */
  readonly overrides?: object;
  /** Stands for the client's source. */
  readonly client?: string;
  /** Files in the program's folder: their text, or what they are a symbolic link to, which must not be there at the end. */
  readonly files?: Readonly<Record<string, string | { readonly linksTo: string }>>;
  /** Exit code, or the signal that ended it; default 0. */
  readonly code?: PerLanguage<number | string>;
  /** The same without the client. Default: `code`. */
  readonly plainCode?: number;
  /** What it writes. Default: what it writes without the client. */
  readonly stdout?: string;
  readonly stderr?: string;
  /**
   * The lines that the client itself adds to stderr, in order, each without the `katib-push: ` in front. `…` stands for
   * any text. Default: it adds none.
   */
  readonly said?: readonly string[];
  /** How long it may take at most, in seconds. Default: 25; an exit may take 30. */
  readonly seconds?: number;
  /**
   * Whether the file `arrived` appears in the program's folder once the DB manager took a call, for a program that waits for it;
   * without the client it is there from the start. Default false.
   */
  readonly tellsArrival?: boolean;
  /** The server listens only this many milliseconds after the start. */
  readonly serverAfter?: number;
  /** How the server treats the first calls, one by one. */
  readonly answers?: readonly Answer[];
  /** How it treats all further ones. Default: 0. */
  readonly answersThen?: Answer;
  /** The server refuses calls with a row of this value: status 3. */
  readonly refuses?: string;
  /** Whether the server speaks TLS; its certificate, which signs itself, is in `{folder}/ca.pem`. Default false. */
  readonly tls?: boolean;
}

export type ConformanceCase = CaseFolder<Described>;

export const cases = readCaseFolders<Described>(join(import.meta.dirname, 'cases'));

/** The program of a case in one language; a missing one fails. */
export function programOf({ name, folder }: ConformanceCase, file: string): string {
  const path = join(folder, file);
  if (!existsSync(path)) throw new Error(`case ${name} has no ${file}`);
  return readFileSync(path, 'utf8');
}

/** What a case says for one language. */
export function forLanguage<T>(value: PerLanguage<T>, language: string): T {
  const own = value as Readonly<Record<string, T>>;
  return own[language] ?? (value as T);
}
