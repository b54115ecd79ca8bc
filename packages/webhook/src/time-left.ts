/**
 * Milliseconds for an answer. The API server tells what is left in whole seconds, rounded up, so up to one may be gone;
 * of a single one, half is used.
 *
 * @param timeout most that is taken
 * @param deadline what the API server says; absent, or no positive number: it says nothing
 */
export function timeLeft(timeout: number, deadline?: number): number {
  if (deadline === undefined || !(deadline > 0)) return timeout;
  return Math.min(timeout, Math.max(deadline - 1_000, deadline / 2));
}
