/**
 * A stand-in for text that is known only at run time, of the same length, that keeps the surrounding code parseable
 * in every language: an identifier, or digits where a number has begun.
 *
 *     lr = ${trialParameters.lr}      lr = ______________________
 *     lr = 1e-${trialParameters.e}    lr = 1e-1111111111111111111
 *            ^ a number has begun
 *
 * @param before the text just in front (its last few characters suffice)
 * @param length UTF-16 code units, at least 1
 */
export function standInFor(before: string, length: number): string {
  const numeric =
    /(^|[^\w.])(\d[\d_]*\.?|\d*\.\d*|\d[\d.]*[eE][+-]?\d*|\.)$/.test(before) && /\d/.test(before.slice(-4));
  return (numeric ? '1' : '_').repeat(length);
}

/** A text for people: what stands for something long that is known only at run time is left out of it. */
export function withoutStandIns(text: string): string {
  return text.replace(/_{8,}|1{16,}/g, '…');
}
