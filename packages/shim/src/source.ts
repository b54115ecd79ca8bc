import { readFileSync } from 'node:fs';

/** Environment variable that holds the shim's source. */
export const shimVariable = 'KATIB_PUSH_SHIM';

/** What one trial needs of the shim; each part is left out where it isn't needed. */
export interface ShimNeeds {
  /** Filters of the user's (`metricsFormat`), not Katib's default. */
  readonly customFilters: boolean;
  /** The DB manager's address begins with `https://`. */
  readonly tls: boolean;
  /** The collector is File: a file is read, and not the output. */
  readonly file: boolean;
  /** The trial has early stopping rules. */
  readonly earlyStopping: boolean;
  /** The template serves several pods, of which one is read. */
  readonly primaryPod: boolean;
}

const PARTS = [
  'begin',
  'environment',
  'words',
  'process',
  'streams',
  'lines',
  'report',
  'loop',
  'end',
  'start',
];

/** The shim's source as injected: ASCII, Python 2.7 and 3.4 and later. The same needs give the same text. */
export function shimSource(_needs: ShimNeeds): string {
  source ??= [client(), ...PARTS.map((name) => read(`../client/${name}.py`))].map(trim).join('\n');
  return source;
}
let source: string | undefined;

function client(): string {
  const text = read('../../languages/python/client/katib_push.py');
  return text.slice(0, text.indexOf('class Last:'));
}

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

function trim(text: string): string {
  return text
    .replace(/^ *r?"""(?:[^"]|"(?!""))*"""\n/gm, '')
    .replace(/^ *#.*\n/gm, '')
    .replace(/\n{2,}/g, '\n');
}
