/** How much one request holds of the bytes that all may hold. */
export interface BodyHold {
  /** Takes bytes; false, and nothing taken, where too few are left. */
  take(bytes: number): boolean;
  /** Gives all back. */
  release(): void;
}

/** Shares out the bytes that bodies may hold at once. */
export function createBodyBudget(total: number): () => BodyHold {
  let left = total;
  return () => {
    let held = 0;
    let released = false;
    return {
      take(bytes) {
        if (released || bytes > left) return false;
        left -= bytes;
        held += bytes;
        return true;
      },
      release() {
        released = true;
        left += held;
        held = 0;
      },
    };
  };
}
