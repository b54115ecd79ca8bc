import type { Kind } from './setting.ts';

// biome-ignore lint/suspicious/noExplicitAny: kinds of values that differ, each read by itself
type Fields = Readonly<Record<string, Kind<any>>>;

/** What one namespace sets, by the keys that the server's settings have. */
export type NamespaceValues<Known extends Fields> = {
  readonly [Key in keyof Known]?: Known[Key] extends Kind<infer Value> ? Value : never;
};

/** Some settings by namespace: a map in a file, its JSON in a flag or an environment variable. */
export function namespaces<Known extends Fields>(
  fields: Known,
): Kind<Readonly<Record<string, NamespaceValues<Known>>>> {
  return {
    placeholder: 'json',
    remedy: `Give an object such as {"team-a": {"enable": true}}; a namespace may have ${Object.keys(fields).join(', ')}.`,
    read: (given) => {
      if (!isMap(given)) return undefined;
      const found = Object.entries(given).map(([name, options]) => [name, readOne(fields, options)] as const);
      return found.some(([, options]) => options === undefined)
        ? undefined
        : (Object.fromEntries(found) as Record<string, NamespaceValues<Known>>);
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

function readOne<Known extends Fields>(fields: Known, options: unknown): NamespaceValues<Known> | undefined {
  if (!isMap(options)) return undefined;
  const read = Object.entries(options).map(([key, given]) => [
    key,
    Object.hasOwn(fields, key) ? fields[key]?.read(given) : undefined,
  ]);
  return read.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(read);
}

function isMap(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
