/** A formatted string's quotes and kind. */
interface StringKind {
  readonly quotes: string;
  readonly isRaw: boolean;
}

/**
 * Something that is open until its end is read: a bracket, a lambda's parameters, a formatted string, and within that
 * what is filled in and its format. Follows the items of an argument or parameter list, as far as tokens tell.
 */
export class Bracket {
  readonly kind: 'call' | 'parameters' | 'lambda' | 'other' | 'string' | 'filled' | 'format';
  readonly from: number;
  /** Of a formatted string and what lies within it. */
  readonly string: StringKind | undefined;
  /** So many tokens were read of the item; what a bracket within holds isn't counted. */
  tokens = 0;
  /** The item's first token, if it is a name. */
  name: string | undefined;
  /** Whether a `for` stands in it. */
  isGenerator = false;
  /** Whether the list may be wrong: the tree has to be asked. */
  isSuspect = false;
  #names: Set<string> | undefined;
  #isAssigned = false;
  #isUnpacked = false;
  /** What an item before has: a default, a keyword. */
  #hasAssigned = false;
  #hasDouble = false;
  #count = 0;

  constructor(kind: Bracket['kind'], from: number, string?: StringKind) {
    this.kind = kind;
    this.from = from;
    this.string = string;
  }

  /** Takes note of `=`. */
  assign(): void {
    if (this.kind === 'other') return;
    if (this.kind === 'call') {
      if (this.tokens !== 2 || this.name === undefined || this.#isKnown(this.name)) this.isSuspect = true;
    }
    this.#isAssigned = true;
  }

  /**
   * Takes note of an item's `*` or `**`.
   *
   * @param stars how many
   * @returns whether it may stand here, as far as that list goes
   */
  unpack(stars: number): boolean {
    if (this.kind === 'parameters' || this.kind === 'lambda') {
      this.isSuspect = true;
      return true;
    }
    if (this.kind !== 'call' || this.tokens !== 1) return false;
    if (this.#hasDouble && stars === 1) this.isSuspect = true;
    this.#isUnpacked = true;
    if (stars === 2) this.#hasDouble = true;
    return true;
  }

  /** Takes note of a `for`. @returns whether it may stand here: alone in its list */
  generate(): boolean {
    this.isGenerator = true;
    return this.kind !== 'call' || (this.#count === 0 && !this.#isUnpacked);
  }

  endItem(): void {
    if (this.kind === 'call') this.#endArgument();
    else if (this.kind === 'parameters' || this.kind === 'lambda') this.#endParameter();
    if (this.#isAssigned) this.#hasAssigned = true;
    this.#count++;
    this.tokens = 0;
    this.name = undefined;
    this.#isAssigned = false;
    this.#isUnpacked = false;
  }

  #endArgument(): void {
    if (this.tokens === 0) return;
    const isPlain = !this.#isAssigned && !this.#isUnpacked;
    if (isPlain && (this.#hasAssigned || this.#hasDouble)) this.isSuspect = true;
  }

  #endParameter(): void {
    if (this.tokens === 0) return;
    if (this.name === undefined || this.#isKnown(this.name)) this.isSuspect = true;
    if (!this.#isAssigned && this.#hasAssigned) this.isSuspect = true;
  }

  #isKnown(name: string): boolean {
    this.#names ??= new Set();
    if (this.#names.has(name)) return true;
    this.#names.add(name);
    return false;
  }
}
