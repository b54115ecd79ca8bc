/** The number that a row's value is: `inf` and `-Infinity` are numbers; NaN for `nan` and any other text. */
export function toNumber(text: string): number {
  if (text.trim() === '') return Number.NaN;
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  return infinite ? Number(`${infinite[1]}Infinity`) : Number(text);
}
