/** One thing that can be set, by a flag, an environment variable, or a key of the configuration file. */
export interface Setting<Value> {
  /** What it does, as one or two sentences of the table in docs/configuration.md. */
  readonly meaning: string;
  /** What holds where nothing is given; absent where that is nothing. */
  readonly fallback?: Value;
  readonly kind: Kind<Value>;
}

/** How a value is written. */
export interface Kind<Value> {
  /** Stands for the value in the help: `number`; `true` where a bare flag is enough. */
  readonly placeholder: string;
  /** What a reader is told who wrote something else: `Give a whole number from 0 to 65535.` */
  readonly remedy: string;
  /** The value of what a YAML file holds; undefined if it is none. */
  readonly read: (given: unknown) => Value | undefined;
  /** What a YAML file would hold for the text of a flag or an environment variable. Absent: the text. */
  readonly readText?: (text: string) => unknown;
  /** What `typeof` says of a value. */
  readonly type: 'string' | 'number' | 'boolean' | 'object';
  /** The writing of a value, for the table. */
  readonly print: (value: Value) => string;
  /** Whether it is the path of a file, to be resolved against the caller's folder. */
  readonly isFile?: boolean;
  /** What a YAML file may hold, as a JSON schema. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** What every environment variable of ours starts with. */
export const environmentPrefix = 'KATIB_PUSH_WEBHOOK_';

/** `tlsMinVersion` as a flag: `--tls-min-version`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `tlsMinVersion` as an environment variable: `KATIB_PUSH_WEBHOOK_TLS_MIN_VERSION`. */
export function variableOf(key: string): string {
  return environmentPrefix + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
