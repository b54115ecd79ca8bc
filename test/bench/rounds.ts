/** Kilobytes of the scripts that are made for the bench. */
export const sizes = [2, 20, 200];

/** How often work on a script is repeated, so that one measurement is some ten milliseconds long. */
export function roundsFor(kilobytes: number): number {
  return Math.max(1, Math.round(100 / kilobytes));
}

/** Makes one measurement's work of the work on a script. */
export function repeatFor(kilobytes: number): (run: () => void) => () => void {
  const count = roundsFor(kilobytes);
  return (run) => () => {
    for (let i = 0; i < count; i++) run();
  };
}
