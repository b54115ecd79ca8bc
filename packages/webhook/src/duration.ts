const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Milliseconds of a duration as Go writes it: `5s`, `1m30s`, `1.5h`, `300ms`, `0`. Undefined for anything else, a sign
 * included. Source: Go, `time.ParseDuration`.
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const parts = [...text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy)];
  if (parts.length === 0 || parts.reduce((length, [part]) => length + part.length, 0) !== text.length)
    return undefined;
  const sum = parts.reduce(
    (total, [, number = '', unit = '']) => total + Number(number) * (units[unit] as number),
    0,
  );
  return Number.isFinite(sum) ? sum : undefined;
}

/** The shortest writing of whole milliseconds: `1m30s`, `5s`, `0s`. */
export function printDuration(milliseconds: number): string {
  const parts: string[] = [];
  let rest = milliseconds;
  for (const [unit, size] of [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join('') || '0s';
}
