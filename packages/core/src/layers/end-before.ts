/** Where a text ends without any of these characters behind it. In steps: an expression would begin anew at each within. */
export function endBefore(ends: string, text: string, from = 0): number {
  let end = text.length;
  while (end > from && ends.includes(text.charAt(end - 1))) end--;
  return end;
}
