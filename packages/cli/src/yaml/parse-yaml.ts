import {
  type Document,
  Lexer,
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

/** Deeper than any manifest; far from where parsing would exhaust the stack. */
const DEEPEST = 200;

/** The lexer's mark in front of a scalar's text. Its other marks stand for no text either. */
const SCALAR = '\x1f';
const MARKS = new Set([SCALAR, '\x02', '\x18']);

/** The offset at which a text nests deeper than 200 levels; undefined if it never does. Linear, without recursion. */
export function findDeepNesting(text: string): number | undefined {
  let offset = 0;
  let brackets = 0;
  let indicators = 0; // of block collections, on this line
  let before = '\n';
  for (const token of new Lexer().lex(text)) {
    if (!MARKS.has(token)) {
      if (before === SCALAR) {
        // Text: whatever it holds nests nothing.
      } else if (token === '[' || token === '{') brackets++;
      else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
      else if (token === '-' || token === '?' || token === ':') indicators++;
      else if (token[0] === ' ' && before.endsWith('\n') && token.length > 8 * DEEPEST) return offset;
      if (token.endsWith('\n')) indicators = 0;
      if (brackets > DEEPEST || (brackets === 0 && indicators > DEEPEST)) return offset;
      offset += token.length;
    }
    before = token;
  }
  return undefined;
}
