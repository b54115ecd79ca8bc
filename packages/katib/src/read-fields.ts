import { type Diagnostic, diagnose } from './diagnostics/diagnose.ts';
import { isRecord, pointerOf, valueAt } from './json-pointer.ts';
import type { Path } from './subject.ts';

/** Reads fields of one object by their paths. What has a wrong type is absent, and a diagnostic. */
export interface FieldReader {
  /** One for each field of a wrong type, in the order in which they were read. */
  readonly diagnostics: Diagnostic[];
  text(path: Path): string | undefined;
  record(path: Path): Readonly<Record<string, unknown>> | undefined;
  /** Empty where the field is absent. */
  list(path: Path): readonly unknown[];
  texts(path: Path): readonly string[];
  /** An object of strings; empty where the field is absent. */
  labels(path: Path): Readonly<Record<string, string>>;
  /** The objects of a list. */
  records(path: Path): readonly { readonly path: Path; readonly value: Readonly<Record<string, unknown>> }[];
}

/** A reader of `root`. */
export function createReader(root: unknown): FieldReader {
  const diagnostics: Diagnostic[] = [];
  const wrong = (path: Path, wanted: string, found: unknown): undefined => {
    const pointer = pointerOf(path);
    diagnostics.push(
      diagnose('invalid-field', `${pointer} has to be ${wanted}; it is ${typeName(found)}.`, { pointer }),
    );
    return undefined;
  };
  const text = (path: Path): string | undefined => {
    const found = valueAt(root, path);
    if (found === undefined || found === null || typeof found === 'string') return found ?? undefined;
    return wrong(path, 'a string', found);
  };
  const record = (path: Path): Readonly<Record<string, unknown>> | undefined => {
    const found = valueAt(root, path);
    if (found === undefined || found === null || isRecord(found)) return found ?? undefined;
    return wrong(path, 'an object', found);
  };
  const list = (path: Path): readonly unknown[] => {
    const found = valueAt(root, path);
    if (found === undefined || found === null) return [];
    return Array.isArray(found) ? found : (wrong(path, 'a list', found) ?? []);
  };
  return {
    diagnostics,
    text,
    record,
    list,
    texts: (path) =>
      list(path).filter(
        (item, index): item is string =>
          typeof item === 'string' || wrong([...path, index], 'a string', item) !== undefined,
      ),
    labels: (path) =>
      Object.fromEntries(
        Object.entries(record(path) ?? {}).filter(
          (entry): entry is [string, string] =>
            typeof entry[1] === 'string' || wrong([...path, entry[0]], 'a string', entry[1]) !== undefined,
        ),
      ),
    records: (path) =>
      list(path).flatMap((item, index) => {
        const at = [...path, index];
        return isRecord(item) ? [{ path: at, value: item }] : (wrong(at, 'an object', item) ?? []);
      }),
  };
}

function typeName(found: unknown): string {
  if (Array.isArray(found)) return 'a list';
  if (found === null) return 'null';
  return typeof found === 'object' ? 'an object' : `a ${typeof found}`;
}
