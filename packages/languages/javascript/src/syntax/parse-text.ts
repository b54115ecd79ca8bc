import { type ParserOptions, type ParserPlugin, parse } from '@babel/parser';
import type { BabelNode } from './babel-node.ts';
import type { Moved } from './moves.ts';

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
  /** As it was parsed. */
  readonly sourceType: SourceType;
  /** Set where the nodes have their places in an earlier text. */
  readonly moved?: Moved;
}

/** What a piece of a program has to know of what stands round it. */
export interface Context {
  /** Whether `await`, or `yield`, is a word of the language there. */
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isStrict: boolean;
}

/** Some statements of a program. */
export interface Piece {
  readonly statements: readonly BabelNode[];
  readonly comments: readonly Comment[];
}

export interface ParseFailure {
  /** Without the parser's own position. */
  readonly message: string;
  readonly at: number;
}

/** Ways to read a text, likelier ones first: a text says nothing of its file's name. */
const DIALECTS = {
  javascript: [],
  jsx: ['jsx'],
  typescript: ['typescript', 'decorators-legacy'],
  tsx: ['typescript', 'jsx', 'decorators-legacy'],
} as const satisfies Record<string, readonly ParserPlugin[]>;

export type Dialect = keyof typeof DIALECTS;

/** What the text is run as; `unambiguous` where the text itself tells. */
export type SourceType = 'module' | 'script' | 'unambiguous';

/** What is known of a text before it is parsed. */
export interface Reading {
  /** Where an earlier version of the text has told it; absent if it isn't known. */
  readonly dialect?: Dialect;
  /** Default: `unambiguous`. */
  readonly sourceType?: SourceType;
}

/** Parses a text as JavaScript, else as TypeScript. Never throws on user code. */
export function parseText(text: string, reading: Reading = {}): Parsed | ParseFailure {
  const { dialect: known, sourceType = 'unambiguous' } = reading;
  let failure: ParseFailure | undefined;
  for (const dialect of known ? [known] : (Object.keys(DIALECTS) as Dialect[])) {
    const parsed = tryParse(text, dialect, sourceType);
    if ('program' in parsed) return parsed;
    // the reading that comes furthest is the one that was meant
    if (!failure || parsed.at > failure.at) failure = parsed;
  }
  return failure as ParseFailure;
}

function tryParse(text: string, dialect: Dialect, sourceType: SourceType): Parsed | ParseFailure {
  const options: ParserOptions = {
    sourceType,
    allowReturnOutsideFunction: sourceType !== 'module',
    attachComment: false,
    locations: false,
    plugins: [...DIALECTS[dialect]],
  };
  try {
    const file = parse(text, options) as unknown as BabelFile;
    return { program: file.program, comments: commentsOf(file), dialect, sourceType };
  } catch (error) {
    return describeFailure(error, text);
  }
}

interface BabelFile {
  readonly program: BabelNode;
  readonly comments: readonly { readonly value: string; readonly start: number; readonly end: number }[];
  readonly errors?: readonly { readonly reasonCode?: string }[];
}

function commentsOf({ comments }: BabelFile): readonly Comment[] {
  return comments.map(({ value, start, end }) => ({ value, from: start, to: end }));
}

/** What is wrong only because a piece is read without the loop or the class that it stands in. */
const OF_CONTEXT = /^(?:IllegalBreakContinue|InvalidPrivateFieldResolution)$/;

/**
 * Parses statements by themselves; `undefined` where that fails.
 *
 * @param from where they stand: their nodes get their places in the whole text
 * @param around the program that they belong to
 */
export function parsePiece(text: string, from: number, around: Parsed, context: Context): Piece | undefined {
  const { dialect, program } = around;
  const options: ParserOptions = {
    sourceType: program.sourceType === 'module' ? 'module' : 'script',
    startIndex: from,
    startColumn: from,
    strictMode: context.isStrict || program.sourceType === 'module',
    allowAwaitOutsideFunction: context.isAsync,
    allowYieldOutsideFunction: context.isGenerator,
    allowReturnOutsideFunction: true,
    allowNewTargetOutsideFunction: true,
    allowSuperOutsideMethod: true,
    allowUndeclaredExports: true,
    attachComment: false,
    locations: false,
    errorRecovery: true,
    plugins: [...DIALECTS[dialect]],
  };
  try {
    const file = parse(text, options) as unknown as BabelFile;
    if (file.errors?.some(({ reasonCode }) => !OF_CONTEXT.test(reasonCode ?? ''))) return undefined;
    const { body, directives } = file.program as unknown as {
      readonly [list in 'body' | 'directives']: readonly BabelNode[];
    };
    return directives.length > 0 ? undefined : { statements: body, comments: commentsOf(file) };
  } catch {
    return undefined;
  }
}

function describeFailure(error: unknown, text: string): ParseFailure {
  const { message, pos } = error as { readonly message?: unknown; readonly pos?: unknown };
  // nested too deep for the parser: a RangeError without a position
  if (typeof pos !== 'number') return { message: 'this is nested too deep to be parsed', at: 0 };
  const plain = String(message)
    .replace(/ \(\d+:\d+\)$/, '')
    .replace(`with 'sourceType: "module"'`, 'in a module')
    .split('\n', 1)[0] as string;
  return { message: plain, at: Math.min(pos, text.length) };
}
