import { readdirSync, readFileSync } from 'node:fs';
import { joinParts } from '@katib-push/python';

/** Environment variable that holds the shim's source. */
export const shimVariable = 'KATIB_PUSH_SHIM';

/** What one trial needs of the shim; each part is left out where it isn't needed. */
export interface ShimNeeds {
  /** The output is read. */
  readonly output: boolean;
  /** A file is read, and not the output: the collector is File. */
  readonly file: boolean;
  /** Katib's default filter. */
  readonly defaultFilter: boolean;
  /** Filters of the user's (`metricsFormat`). */
  readonly customFilters: boolean;
  /** The file's format is JSON. */
  readonly json: boolean;
  /** The DB manager's address begins with `https://`. */
  readonly tls: boolean;
  /** The trial has early stopping rules. */
  readonly earlyStopping: boolean;
  /** The template serves several pods, of which one is read. */
  readonly primaryPod: boolean;
  /** Rows wait for the end: `deliver` is not `live`, or a file's format is JSON. */
  readonly held: boolean;
  /** Rows count only if nobody else reported: `deliver: if-none`. */
  readonly ifNone: boolean;
}

/** The needs of the usual trial, whose output is read with Katib's default filter. */
export const usualShimNeeds: ShimNeeds = {
  output: true,
  file: false,
  defaultFilter: true,
  customFilters: false,
  json: false,
  tls: false,
  earlyStopping: false,
  primaryPod: false,
  held: false,
  ifNone: false,
};

/** What the first line says to who finds it in a Pod. */
const HEAD = '"""katib-push shim: runs a command and pushes the metrics that it prints to Katib."""\n';

/** Parts that only some trials need. */
const OPTIONAL: Readonly<Record<keyof ShimNeeds, readonly string[]>> = {
  output: ['pipes'],
  file: ['follow'],
  defaultFilter: ['filters'],
  customFilters: ['custom_filters'],
  json: ['json_lines'],
  tls: ['tls'],
  earlyStopping: ['rules', 'stop'],
  primaryPod: ['pods'],
  held: ['held'],
  ifNone: ['others'],
};

const sources = new Map<string, string>();
let parts: ReadonlyMap<string, string> | undefined;

/**
 * The shim's source as injected: ASCII, for Python 2.7 and 3.4 and later; at most 40 KB for any trial. It is
 * `client/shim.py` and what that imports, from this package and from the Python client. The same needs give the same text.
 */
export function shimSource(needs: ShimNeeds): string {
  const names = Object.keys(OPTIONAL) as (keyof ShimNeeds)[];
  const leftOut = names.flatMap((name) => (needs[name] ? [] : OPTIONAL[name]));
  const key = leftOut.join();
  parts ??= readParts();
  const source = sources.get(key) ?? HEAD + joinParts(['shim'], { leftOut, more: parts });
  sources.set(key, source);
  return source;
}

function readParts(): ReadonlyMap<string, string> {
  const folder = new URL('../client/', import.meta.url);
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.py'))
      .map((name) => [name.slice(0, -'.py'.length), readFileSync(new URL(name, folder), 'utf8')]),
  );
}
