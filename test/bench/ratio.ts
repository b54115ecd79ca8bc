/** Runs of two functions in turn, and the ratio of their times pair by pair. */
export interface Ratio {
  readonly name: string;
  /** Median of the paired ratios, subject over base. */
  readonly median: number;
  /** The middle half of them. */
  readonly low: number;
  readonly high: number;
  /** Median milliseconds of one run of the base and of the subject. */
  readonly base: number;
  readonly subject: number;
}

/** Milliseconds of alternating runs before the first one counts: as long as V8 goes on to compile what is hot. */
const warmUp = 5000;

/** Work that is timed; one that is done elsewhere, and timed there, returns its milliseconds as a number. */
type Work = () => unknown;

/** Measures `subject` against `base`: warm, alternating, each pair in a row so that the machine's drift cancels out. */
export function measureRatio(name: string, base: Work, subject: Work, pairs = 40): Ratio {
  const start = performance.now();
  do {
    base();
    subject();
  } while (performance.now() - start < warmUp);
  const bases: number[] = [];
  const subjects: number[] = [];
  for (let i = 0; i < pairs; i++) {
    bases.push(time(base));
    subjects.push(time(subject));
  }
  const ratios = subjects.map((value, index) => value / (bases[index] as number)).sort((a, b) => a - b);
  return {
    name,
    median: quantile(ratios, 0.5),
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
    base: quantile(
      [...bases].sort((a, b) => a - b),
      0.5,
    ),
    subject: quantile(
      [...subjects].sort((a, b) => a - b),
      0.5,
    ),
  };
}

function time(run: Work): number {
  const start = performance.now();
  const own = run();
  return typeof own === 'number' ? own : performance.now() - start;
}

export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
