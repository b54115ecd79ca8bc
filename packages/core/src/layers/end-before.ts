/** Where a text ends without blanks behind it. In steps: an expression would begin anew at each blank within. */
export function endBefore(blanks: string, text: string, from = 0): number {
  let end = text.length;
  while (end > from && blanks.includes(text.charAt(end - 1))) end--;
  return end;
}
