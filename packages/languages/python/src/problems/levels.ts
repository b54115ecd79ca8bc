/** What a block belongs to, as far as it matters to what may stand in it. */
export type BlockKind = 'function' | 'async' | 'class' | 'loop' | 'match' | 'other';

interface Level {
  readonly column: number;
  /** The column if a tab were one space. */
  readonly tabless: number;
  readonly kind: BlockKind;
}

const TABS = 'tabs and spaces are mixed: the block depends on how wide a tab is';

/**
 * The indentation of a text's logical lines, by CPython's rule: a tab goes to the next eighth column, and lines must
 * compare alike if it were one.
 * https://docs.python.org/3/reference/lexical_analysis.html#indentation
 */
export class Levels {
  readonly #text: string;
  readonly #levels: Level[] = [{ column: 0, tabless: 0, kind: 'other' }];
  /** The block that the line opens; what follows its colon on the line is in there. */
  #open: BlockKind | undefined;
  /** The block that has to begin with the next line. */
  awaited: BlockKind | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes note of a header's colon. */
  open(kind: BlockKind): void {
    this.#open = kind;
  }

  /** @param opens whether the line ends with its header's colon */
  endLine(opens: boolean): void {
    this.awaited = opens ? this.#open : undefined;
    this.#open = undefined;
  }

  /**
   * Takes note of a logical line.
   *
   * @param line where it begins
   * @param from where its code does
   * @returns what is wrong with its indentation
   */
  indent(line: number, from: number): string | undefined {
    const { column, tabless } = this.#measure(line, from);
    const { awaited } = this;
    this.awaited = undefined;
    let level = this.#levels.at(-1) as Level;
    if (column > level.column) {
      this.#levels.push({ column, tabless, kind: awaited ?? 'other' });
      if (tabless <= level.tabless) return TABS;
      return awaited ? undefined : 'unexpected indent';
    }
    while (level.column > column) {
      this.#levels.pop();
      level = this.#levels.at(-1) as Level;
    }
    if (awaited) return 'an indented block is expected here';
    if (level.column < column)
      return 'this line is indented less than the one before, but like no block around it';
    return level.tabless === tabless ? undefined : TABS;
  }

  #measure(line: number, from: number): { readonly column: number; readonly tabless: number } {
    let column = 0;
    let tabless = 0;
    for (let at = line; at < from; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === 32) {
        column++;
        tabless++;
      } else if (code === 9) {
        column += 8 - (column % 8);
        tabless++;
      } else if (code === 12) {
        column = 0;
        tabless = 0;
      } else if (code === 92) break;
    }
    return { column, tabless };
  }

  /** The kind of function around; `undefined` in a class and in the module itself. */
  get function(): 'function' | 'async' | undefined {
    return this.#find((kind) => (kind === 'function' || kind === 'async' ? kind : undefined));
  }

  get isInLoop(): boolean {
    return this.#find((kind) => (kind === 'loop' ? true : undefined)) ?? false;
  }

  /** The block that the line stands in. */
  get innermost(): BlockKind {
    return (this.#levels.at(-1) as Level).kind;
  }

  /** What `pick` says of the innermost block that it says anything of, up to the function or class around. */
  #find<Found>(pick: (kind: BlockKind) => Found | undefined): Found | undefined {
    for (let at = this.#levels.length; at >= 0; at--) {
      const kind = at === this.#levels.length ? this.#open : this.#levels[at]?.kind;
      const found = kind && pick(kind);
      if (found !== undefined) return found;
      if (kind === 'function' || kind === 'async' || kind === 'class') return undefined;
    }
    return undefined;
  }
}
