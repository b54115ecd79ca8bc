import { type ParserOptions, type ParserPlugin, parse } from '@babel/parser';
import type { BabelNode } from './babel-node.ts';

/** A comment without its delimiters. */
export interface Comment {
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

export interface Parsed {
  readonly program: BabelNode;
  /** In source order. */
  readonly comments: readonly Comment[];
  /** The dialect that the text parses as. */
  readonly dialect: Dialect;
}

export interface ParseFailure {
  /** Without the parser's own position. */
  readonly message: string;
  readonly at: number;
}

/** Ways to read a text, likelier ones first: a text says nothing of its file's name. */
const DIALECTS = {
  javascript: ['jsx'],
  typescript: ['typescript', 'decorators-legacy'],
  tsx: ['typescript', 'jsx', 'decorators-legacy'],
} as const satisfies Record<string, readonly ParserPlugin[]>;

export type Dialect = keyof typeof DIALECTS;

/**
 * Parses a text as JavaScript, else as TypeScript. Never throws on user code.
 *
 * @param known the dialect, where an earlier version of the text has told it
 */
export function parseText(text: string, known?: Dialect): Parsed | ParseFailure {
  let failure: ParseFailure | undefined;
  for (const dialect of known ? [known] : (Object.keys(DIALECTS) as Dialect[])) {
    const parsed = tryParse(text, dialect);
    if ('program' in parsed) return parsed;
    // the reading that comes furthest is the one that was meant
    if (!failure || parsed.at > failure.at) failure = parsed;
  }
  return failure as ParseFailure;
}

function tryParse(text: string, dialect: Dialect): Parsed | ParseFailure {
  const options: ParserOptions = {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    attachComment: false,
    locations: false,
    plugins: [...DIALECTS[dialect]],
  };
  try {
    const file = parse(text, options) as unknown as {
      readonly program: BabelNode;
      readonly comments: readonly { readonly value: string; readonly start: number; readonly end: number }[];
    };
    const comments = file.comments.map(({ value, start, end }) => ({ value, from: start, to: end }));
    return { program: file.program, comments, dialect };
  } catch (error) {
    return describeFailure(error, text);
  }
}

function describeFailure(error: unknown, text: string): ParseFailure {
  const { message, pos } = error as { readonly message?: unknown; readonly pos?: unknown };
  // nested too deep for the parser: a RangeError without a position
  if (typeof pos !== 'number') return { message: 'this is nested too deep to be parsed', at: 0 };
  const plain = String(message)
    .replace(/ \(\d+:\d+\)$/, '')
    .split('\n', 1)[0] as string;
  return { message: plain, at: Math.min(pos, text.length) };
}
