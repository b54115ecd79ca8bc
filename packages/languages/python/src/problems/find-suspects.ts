import type { SyntaxProblem } from '@katib-push/core';
import { endOfString } from '../syntax/blank-comments.ts';
import { Bracket } from './bracket.ts';
import { type BlockKind, Levels } from './levels.ts';
import {
  ALIASING,
  AUGMENTED,
  BINDING,
  BROKEN_BYTE,
  BROKEN_ESCAPE,
  CONVERSION,
  FUTURE,
  HEADERS,
  isDigit,
  isWord,
  KEYWORDS,
  type Keyword,
  LINE_ENDS,
  nameOf,
  OPERAND_FOLLOWS,
  PLAIN_ALIAS,
  PLAIN_NUMBER,
  PREFIX,
  TOKEN,
} from './tokens.ts';

/** What may be wrong at a place; the tree tells whether it is. See `rules`. */
export type Suspicion =
  | 'annotation'
  | 'arguments'
  | 'as'
  | 'assert'
  | 'async'
  | 'augmented'
  | 'comma'
  | 'delete'
  | 'except'
  | 'exec'
  | 'function'
  | 'future'
  | 'import'
  | 'keyword'
  | 'loop'
  | 'match'
  | 'mixed'
  | 'number'
  | 'old'
  | 'parameters'
  | 'print'
  | 'raise'
  | 'scope'
  | 'star'
  | 'target'
  | 'try'
  | 'walrus'
  | 'wildcard';

export interface Suspect {
  readonly suspicion: Suspicion;
  readonly from: number;
}

export interface Suspects {
  /** In the order in which they were found. */
  readonly suspects: readonly Suspect[];
  /** The first thing that is wrong whatever the tree says. */
  readonly problem?: SyntaxProblem;
}

/**
 * Reads a text's tokens once and notes where something may stand that the grammar accepts and CPython refuses: most of
 * a text is told to be right by its tokens alone, and the tree, which costs more, is asked about the rest.
 *
 *     x.y, z = f(a, b=1)        targets are names, keywords come last and differ: nothing to ask
 *     x[0] = f(a=1, b)
 *          ^  ^ a target, an argument list
 */
export function findSuspects(text: string): Suspects {
  return new Reader(text).read();
}

type Before = 'start' | 'operand' | 'operator' | 'keyword' | 'dot';

/**
 * The one pass over a text. It is long because all of its state is: each token may matter to its statement, its
 * innermost bracket and its block.
 */
class Reader {
  readonly #text: string;
  readonly #token = new RegExp(TOKEN);
  readonly #levels: Levels;
  readonly #suspects: Suspect[] = [];
  #problem: SyntaxProblem | undefined;
  readonly #brackets: Bracket[] = [];
  /** The innermost bracket. */
  #bracket: Bracket | undefined;

  /** What stands in front of the token. */
  #before: Before = 'start';
  /** Where the token in front begins, without spaces and comments. */
  #last = 0;
  /** The last word, if the token in front is a keyword. */
  #keyword = '';
  /** The prefix of the string in front; `undefined` if the token in front is none. */
  #string: string | undefined;

  /** Where the statement begins; -1 between statements. */
  #statement = -1;
  /** Its first word, if that is a keyword or may be one. */
  #first = '';
  #isAsync = false;
  /** Whether the parameters of a `def` or the `import` behind a `from` were read. */
  #isPastHead = false;
  /** Whether the colon of its header was read. */
  #isOpen = false;
  /** Commas beside brackets. */
  #commas = 0;
  #isAssigned = false;
  #isAnnotated = false;
  /** Whether the target, as far as it was read, is made of names, dots, commas and brackets around them. */
  #isPlain = true;
  /** Whether it is made of names and dots alone. */
  #isSingle = true;
  /** Between `for` and `in`. */
  #isLoopTarget = false;

  constructor(text: string) {
    this.#text = text;
    this.#levels = new Levels(text);
  }

  read(): Suspects {
    const text = this.#text;
    let line = 0;
    let to = 0;
    for (let from = text.startsWith('\uFEFF') ? 1 : 0; from < text.length; from = to) {
      const first = text[from] as string;
      if (first === ' ' || first === '\t' || first === '\f') {
        to = from + 1;
        continue;
      }
      this.#token.lastIndex = from;
      this.#token.test(text);
      to = this.#token.lastIndex;
      if (first === '#') continue;
      if (first === '\n' || first === '\r') {
        if (this.#bracket) continue;
        this.#endLine();
        line = to;
      } else if (first === '\\') {
        if (to === text.length) this.#refuse(from, 'the text ends in the middle of a line');
      } else {
        if (this.#statement < 0) this.#beginStatement(line, from);
        if (this.#bracket) this.#bracket.tokens++;
        to = this.#readToken(first, from, to);
        this.#last = from;
      }
    }
    this.#endLine();
    if (this.#levels.awaited) this.#refuse(this.#last, 'an indented block is expected here');
    return { suspects: this.#suspects, ...(this.#problem ? { problem: this.#problem } : {}) };
  }

  /** @returns where the token ends: with a formatted string, that is behind the brace of the first thing it fills in */
  #readToken(first: string, from: number, to: number): number {
    const last = this.#text[to - 1];
    if (last === '"' || last === "'") return this.#readString(from, to);
    switch (first) {
      case '.':
        this.#readDot(from, to);
        return to;
      case '(':
      case '[':
      case '{':
        this.#open(first, from);
        return to;
      case ')':
      case ']':
      case '}':
        return this.#close(first, to);
      case ':':
        return this.#readColon(from, to);
    }
    if (isDigit(first)) this.#readNumber(from, to);
    else if (isWord(first)) this.#readWord(from, to);
    else this.#readOperator(this.#text.slice(from, to), from, to);
    return to;
  }

  #suspect(suspicion: Suspicion, from: number): void {
    this.#suspects.push({ suspicion, from });
  }

  #refuse(from: number, message: string, to = from + 1): void {
    this.#problem ??= { code: 'syntax-error', message, range: { from, to } };
  }

  #beginStatement(line: number, from: number): void {
    this.#statement = from;
    if (this.#before !== 'start' || this.#isOpen) return;
    const message = this.#levels.indent(line, from);
    if (message) this.#refuse(from, message);
  }

  #beginTarget(): void {
    this.#isPlain = true;
    this.#isSingle = true;
  }

  /** Ends a statement: what follows on the line is another. */
  #endStatement(): void {
    if (this.#commas > 1 && this.#first === 'assert') this.#suspect('assert', this.#statement);
    if (this.#commas > 0 && this.#first === 'raise') this.#suspect('raise', this.#statement);
    if (this.#before === 'operator' && (this.#first === 'import' || this.#first === 'from'))
      this.#suspect('comma', this.#last);
    this.#statement = -1;
    this.#first = '';
    this.#isAsync = false;
    this.#isPastHead = false;
    this.#commas = 0;
    this.#isAssigned = false;
    this.#isAnnotated = false;
    this.#isLoopTarget = false;
    this.#string = undefined;
    this.#keyword = '';
    this.#beginTarget();
  }

  #endLine(): void {
    if (this.#before === 'start') return;
    const opens = this.#isOpen && this.#statement < 0 && this.#text[this.#last] === ':';
    if (this.#statement >= 0) this.#endStatement();
    this.#levels.endLine(opens);
    this.#isOpen = false;
    this.#before = 'start';
  }

  #operand(): void {
    this.#before = 'operand';
    this.#string = undefined;
    this.#keyword = '';
  }

  #operator(): void {
    this.#before = 'operator';
    this.#string = undefined;
    this.#keyword = '';
    this.#isPlain = false;
  }

  #readWord(from: number, to: number): void {
    const word = this.#text.slice(from, to);
    const isFirst = this.#statement === from;
    if (isFirst) this.#first = word;
    const kind = KEYWORDS.get(word);
    if (kind) this.#readKeyword(word, kind, from, to);
    else {
      if (isFirst) this.#readSoftKeyword(word, from, to);
      this.#operand();
      if (this.#bracket?.tokens === 1) this.#bracket.name = word;
      if (word === '__debug__') this.#isPlain = false;
    }
  }

  /** Words that mean something at the start of a statement alone. */
  #readSoftKeyword(word: string, from: number, to: number): void {
    if (word === 'match') this.#suspect('match', from);
    else if ((word === 'print' || word === 'exec') && this.#follows(OPERAND_FOLLOWS, to))
      this.#suspect(word, from);
  }

  #follows(pattern: RegExp, at: number): boolean {
    pattern.lastIndex = at;
    return pattern.test(this.#text);
  }

  #readKeyword(word: string, kind: Keyword, from: number, to: number): void {
    const isFirst = this.#statement === from;
    if (!this.#mayStand(word, kind, isFirst)) this.#suspect('keyword', from);
    this.#keyword = word;
    this.#string = undefined;
    this.#before = kind === 'value' ? 'operand' : 'keyword';
    const isPlain = this.#isPlain;
    this.#isPlain = false;
    switch (word) {
      case 'async':
      case 'await':
        this.#suspect('async', from);
        if (isFirst && word === 'async') {
          this.#isAsync = true;
          this.#statement = -1;
        }
        return;
      case 'return':
      case 'yield':
        if (this.#levels.function !== 'function' || this.#bracket) this.#suspect('function', from);
        return;
      case 'break':
      case 'continue':
        if (!this.#levels.isInLoop) this.#suspect('loop', from);
        return;
      case 'global':
      case 'nonlocal':
        this.#suspect('scope', from);
        return;
      case 'del':
        this.#suspect('delete', from);
        return;
      case 'try':
        this.#suspect('try', from);
        return;
      case 'import':
        this.#isPastHead = true;
        return;
      case 'from':
        if (isFirst && this.#follows(FUTURE, to)) this.#suspect('future', from);
        return;
      case 'as':
        if (!this.#takesAlias() || !this.#follows(PLAIN_ALIAS, to)) this.#suspect('as', from);
        return;
      case 'for':
        if (this.#bracket && !this.#bracket.generate())
          this.#refuse(from, 'a generator beside other arguments needs parentheses', to);
        this.#isLoopTarget = true;
        this.#beginTarget();
        return;
      case 'in':
        if (this.#isLoopTarget && !isPlain) this.#suspect('target', from);
        this.#isLoopTarget = false;
        return;
      case 'lambda':
        if (this.#bracket?.kind === 'filled') this.#refuse(from, 'a lambda needs parentheses here', to);
        this.#enter(new Bracket('lambda', from));
    }
  }

  #takesAlias(): boolean {
    const isInList = !this.#bracket || (this.#bracket.kind === 'other' && this.#brackets.length === 1);
    return isInList && ALIASING.has(this.#first);
  }

  /** Whether a keyword may stand here, and not be a name that the grammar takes it for. */
  #mayStand(word: string, kind: Keyword, isFirst: boolean): boolean {
    if (this.#before === 'dot') return word === 'import';
    if (BINDING.has(this.#keyword)) return false;
    if (isFirst) return true;
    const isBehindAsync = this.#keyword === 'async';
    switch (kind) {
      case 'start':
        return isBehindAsync;
      case 'behind':
        return (
          this.#before === 'operand' ||
          (word === 'in' && this.#keyword === 'not') ||
          (word === 'from' && this.#keyword === 'yield') ||
          (word === 'for' && isBehindAsync) ||
          (word === 'import' && this.#before !== 'operator')
        );
      default:
        return true;
    }
  }

  #readDot(from: number, to: number): void {
    switch (to - from) {
      case 1:
        if (this.#first === 'from' && this.#isPastHead) this.#suspect('import', from);
        this.#before = 'dot';
        this.#string = undefined;
        break;
      case 3:
        this.#operand();
        this.#isPlain = false;
        break;
      default:
        this.#readNumber(from, to);
    }
  }

  #readNumber(from: number, to: number): void {
    if (!PLAIN_NUMBER.test(this.#text.slice(from, to))) this.#suspect('number', from);
    this.#operand();
    this.#isPlain = false;
  }

  #readString(from: number, to: number): number {
    const text = this.#text;
    const quotesAt = to - (to - from > 2 && text[to - 2] === text[to - 1] ? 3 : 1);
    const prefix = text.slice(from, quotesAt).toLowerCase();
    const isBytes = prefix.includes('b');
    if (this.#string !== undefined && this.#string.includes('b') !== isBytes) this.#suspect('mixed', from);
    if (!PREFIX.test(prefix)) this.#refuse(from, `a string has no prefix ${prefix}`, to);
    this.#operand();
    this.#isPlain = false;
    this.#string = prefix;
    const quotes = text.slice(quotesAt, to);
    if (/[ft]/.test(prefix)) {
      this.#enter(new Bracket('string', from, { quotes, isRaw: prefix.includes('r') }));
      return this.#readFormatted(to);
    }
    const end = endOfString(text, to, quotes);
    const content = text.slice(to, end);
    if (isBytes && /[^\0-\x7f]/.test(content)) this.#refuse(from, 'bytes hold ASCII only', end);
    if (!prefix.includes('r') && content.includes('\\'))
      this.#checkEscapes(to, end, isBytes ? BROKEN_BYTE : BROKEN_ESCAPE);
    return end;
  }

  #checkEscapes(from: number, to: number, broken: RegExp): void {
    for (let at = this.#text.indexOf('\\', from); at >= 0 && at < to; at = this.#text.indexOf('\\', at + 2))
      if (this.#follows(broken, at)) this.#refuse(at, 'an escape in a string is not complete');
  }

  /** From within a formatted string, or its format, to behind its end or behind the brace of what it fills in. */
  #readFormatted(from: number): number {
    const text = this.#text;
    const { quotes, isRaw } = this.#bracket?.string ?? { quotes: '"', isRaw: false };
    for (let at = from; at < text.length; at++) {
      const char = text[at];
      const isDoubled = this.#bracket?.kind === 'string' && text[at + 1] === char;
      if (char === '\\') at = this.#skipEscape(at, isRaw);
      else if (char === '{' && isDoubled) at++;
      else if (char === '{') {
        this.#enter(new Bracket('filled', at, this.#bracket?.string));
        this.#operator();
        return at + 1;
      } else if (char === '}' && this.#bracket?.kind === 'format') {
        // ends what is filled in, too
        this.#leave();
        this.#leave();
      } else if (text.startsWith(quotes, at) || (char === '\n' && quotes.length === 1)) {
        while (this.#bracket && this.#bracket.kind !== 'string') this.#leave();
        this.#leave();
        this.#operand();
        this.#string = 'f';
        return char === '\n' ? at : at + quotes.length;
      }
    }
    return text.length;
  }

  /** @returns where the escape's last character stands */
  #skipEscape(at: number, isRaw: boolean): number {
    if (!isRaw && this.#follows(BROKEN_ESCAPE, at)) this.#refuse(at, 'an escape in a string is not complete');
    if (!isRaw && this.#text.startsWith('N{', at + 1)) return Math.max(at, this.#text.indexOf('}', at));
    return this.#text[at + 1] === '{' ? at : at + 1;
  }

  #enter(bracket: Bracket): void {
    this.#brackets.push(bracket);
    this.#bracket = bracket;
    this.#before = 'operator';
    this.#keyword = '';
    this.#string = undefined;
  }

  #leave(): void {
    const bracket = this.#brackets.pop();
    this.#bracket = this.#brackets.at(-1);
    bracket?.endItem();
    if (bracket?.isSuspect) this.#suspect(bracket.kind === 'call' ? 'arguments' : 'parameters', bracket.from);
  }

  #open(bracket: string, from: number): void {
    const isBehind = this.#before === 'operand';
    let kind: Bracket['kind'] = 'other';
    if (bracket === '(' && isBehind) {
      const isHead = !this.#bracket && this.#first === 'def' && !this.#isPastHead;
      kind = isHead ? 'parameters' : 'call';
      this.#isPastHead ||= isHead;
    }
    this.#isPlain &&= !isBehind && bracket !== '{';
    this.#isSingle = false;
    this.#enter(new Bracket(kind, from));
  }

  /** @returns where the token ends: behind what a formatted string fills in, the string goes on */
  #close(bracket: string, to: number): number {
    while (this.#bracket?.kind === 'lambda') this.#leave();
    const isFilled = bracket === '}' && this.#bracket?.kind === 'filled';
    if (isFilled || this.#bracket?.kind !== 'filled') this.#leave();
    this.#operand();
    return isFilled ? this.#readFormatted(to) : to;
  }

  #readOperator(operator: string, from: number, to: number): void {
    switch (operator) {
      case ',':
        this.#readComma();
        return;
      case '=':
        this.#readEquals(from);
        return;
      case '*':
      case '**':
        this.#readStar(from, to);
        return;
      case ';':
        if (!this.#bracket) this.#endStatement();
        break;
      case '<>':
      case '`':
        this.#suspect('old', from);
        break;
      case '!':
        if (this.#bracket?.kind === 'filled' && !this.#follows(CONVERSION, to))
          this.#refuse(from, 'this is no conversion');
        break;
      default:
        if (AUGMENTED.test(operator)) this.#readAugmented(to - 1);
        else if (!/^[!-~]/.test(operator))
          this.#refuse(from, `Python knows no character ${nameOf(operator)}`);
    }
    this.#operator();
  }

  #readComma(): void {
    const isPlain = this.#isPlain;
    if (!this.#bracket) this.#commas++;
    else if (!this.#bracket.isGenerator) this.#bracket.endItem();
    else if (!this.#isLoopTarget) this.#refuse(this.#last, 'a comprehension takes no comma');
    this.#operator();
    this.#isPlain = isPlain;
    this.#isSingle = false;
  }

  /** @returns where the token ends: of what a formatted string fills in, a colon begins the format */
  #readColon(from: number, to: number): number {
    const bracket = this.#bracket;
    if (bracket?.kind === 'filled') {
      this.#enter(new Bracket('format', from, bracket.string));
      return this.#readFormatted(from + 1);
    }
    const opened = bracket || to - from > 1 ? undefined : this.#opens(to);
    if (opened) return this.#endHeader(opened, to);
    if (to - from > 1) this.#suspect('walrus', from);
    else if (bracket?.kind === 'lambda') this.#leave();
    else if (!bracket) {
      if (!this.#isPlain || !this.#isSingle || this.#isAssigned || this.#isAnnotated)
        this.#suspect('annotation', from);
      this.#isAnnotated = true;
    }
    this.#operator();
    return to;
  }

  #endHeader(kind: BlockKind, to: number): number {
    if (this.#commas > 0 && this.#first === 'except') this.#suspect('except', this.#statement);
    if (this.#first === 'with' && this.#text[this.#last] === ',')
      this.#refuse(this.#last, 'a comma at the end of with');
    this.#levels.open(kind);
    this.#isOpen = true;
    this.#endStatement();
    this.#before = 'operator';
    return to;
  }

  /** The block that a colon opens; `undefined` if it is another colon. */
  #opens(to: number): BlockKind | undefined {
    const kind = HEADERS.get(this.#first);
    if (this.#first === 'case' && this.#levels.innermost !== 'match') return undefined;
    if (this.#first === 'match' && !this.#follows(LINE_ENDS, to)) return undefined;
    return kind === 'function' && this.#isAsync ? 'async' : kind;
  }

  #readEquals(from: number): void {
    const bracket = this.#bracket;
    if (KEYWORDS.has(this.#text.slice(this.#last, from).trimEnd())) this.#suspect('keyword', this.#last);
    if (bracket) bracket.assign();
    else {
      if (this.#isAnnotated ? this.#isAssigned : !this.#isPlain) this.#suspect('target', from);
      this.#isAssigned = true;
    }
    this.#operator();
    if (!bracket) this.#beginTarget();
  }

  #readAugmented(from: number): void {
    if (this.#bracket) return;
    if (!this.#isPlain || !this.#isSingle || this.#isAssigned || this.#isAnnotated)
      this.#suspect('augmented', from);
    this.#isAssigned = true;
    this.#isAnnotated = true;
  }

  #readStar(from: number, to: number): void {
    if (this.#before !== 'operand') {
      if (this.#first === 'del' && !this.#bracket) this.#refuse(from, 'del takes no stars');
      else if (this.#keyword === 'import') this.#suspect('wildcard', from);
      else if (!this.#bracket?.unpack(to - from)) this.#suspect('star', from);
    }
    this.#operator();
  }
}
