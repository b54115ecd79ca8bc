import type { NamespaceOptions } from '../../admission-review.ts';
import { choice, truth, words } from './kinds.ts';
import type { Kind } from './setting.ts';

/** What one namespace may set. */
const fields: { readonly [Key in keyof Required<NamespaceOptions>]: Kind<unknown> } = {
  enable: truth() as Kind<unknown>,
  ways: words('source', 'container') as Kind<unknown>,
  deliver: choice('live', 'success', 'if-none') as Kind<unknown>,
};

/** Settings by namespace: a map in a file, its JSON in a flag or an environment variable. */
export function namespaces(): Kind<Readonly<Record<string, NamespaceOptions>>> {
  return {
    placeholder: 'json',
    remedy: 'Give an object such as {"team-a": {"enable": true, "ways": ["container"]}}.',
    read: (given) => {
      if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
      const found = Object.entries(given).map(([name, options]) => [name, readOne(options)] as const);
      return found.some(([, options]) => options === undefined)
        ? undefined
        : (Object.fromEntries(found) as Record<string, NamespaceOptions>);
    },
    readText: (text) => {
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    },
    type: 'object',
    print: (value) => JSON.stringify(value),
    schema: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(Object.entries(fields).map(([key, { schema }]) => [key, schema])),
      },
    },
  };
}

function readOne(options: unknown): NamespaceOptions | undefined {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return undefined;
  const read = Object.entries(options).map(([key, given]) => [
    key,
    Object.hasOwn(fields, key) ? fields[key as keyof NamespaceOptions].read(given) : undefined,
  ]);
  return read.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(read);
}
