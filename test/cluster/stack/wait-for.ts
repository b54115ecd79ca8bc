/** Milliseconds between two looks. */
const PAUSE = 50;

/**
 * Waits until something holds.
 *
 * @param what it is waited for, for the message
 * @param holds gives a value, or undefined (false, null) for not yet; what it throws counts as not yet
 * @param seconds after which it rejects
 */
export async function waitFor<T>(
  what: string,
  holds: () => Promise<T | undefined | false | null> | T | undefined | false | null,
  seconds = 60,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (let last: unknown; ; ) {
    try {
      const found = await holds();
      if (found !== undefined && found !== false && found !== null) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end)
      throw new Error(`${what}: not within ${seconds} s${last === undefined ? '' : `: ${last}`}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
