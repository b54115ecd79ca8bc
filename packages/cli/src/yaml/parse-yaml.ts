import {
  type Document,
  type ParseOptions,
  parseAllDocuments,
  type SchemaOptions,
  type ToJSOptions,
} from 'yaml';

/**
 * How manifests are read: YAML 1.2 with merge keys (which kubectl knows), keys unique, integers exact.
 * `keepSourceTokens` is off: positions come from the nodes.
 */
const yamlOptions = {
  schema: 'core',
  merge: true,
  uniqueKeys: true,
  intAsBigInt: true,
  logLevel: 'silent',
  prettyErrors: false,
} as const satisfies ParseOptions & SchemaOptions & Record<string, unknown>;

/** Aliases may be followed this often; more is taken for an attack ("billion laughs"). */
const aliasLimit = { maxAliasCount: 100 } as const satisfies ToJSOptions;

/** All documents of a stream, with their errors. An empty stream has none. */
export function parseYaml(text: string): readonly Document.Parsed[] {
  return parseAllDocuments(text, yamlOptions) as Document.Parsed[];
}

/** The document as a JSON-like value, integers as BigInt. Throws a ReferenceError for too many or unresolved aliases. */
export function exactValueOf(document: Document): unknown {
  return document.toJS(aliasLimit);
}
