/** How sure an edit is: `safe` keeps the program's meaning by construction; `unsafe` needs the user's consent. */
export type Safety = 'safe' | 'unsafe';

/** One change, as data: the text `[from, to)` of a layer is replaced by `insert`. `from === to` only inserts. */
export interface Edit {
  /** In the coordinates of the layer that the plan names. */
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly safety: Safety;
  /** For people: `wraps print at line 9`. */
  readonly reason: string;
}
