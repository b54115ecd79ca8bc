/** Characters that one warning has at most, its prefix included: what is so and what helps need more than the 120 that Kubernetes asks for; it cuts at 256. */
const longest = 240;
const prefix = 'katib-push: ';

/**
 * One warning: what is so, and what to do. A long text is cut so that what to do stays.
 */
export function warningLine(message: string, remedy = ''): string {
  const tail = cleanLine(remedy);
  const room = Math.max(40, longest - prefix.length - tail.length - 1);
  const head = shorten(abbreviate(cleanLine(message)), room);
  return shorten(`${prefix}${head}${tail === '' ? '' : ` ${tail}`}`, longest);
}

/** One line of a text: control characters, line breaks and what turns its direction become spaces. */
export function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** Long JSON pointers lose what every trial template has, and keep their last four tokens. */
function abbreviate(text: string): string {
  return text.replace(/\/spec\/trialTemplate\/trialSpec\/\S*?((?:\/[^\s/]+){4})(?=[\s,]|\.?$)/g, '…$1');
}

/** As many characters at most; the last one says that it was cut. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** Bytes of all warnings of one answer. The API server cuts them short above 4 096. */
const most = 3_900;

/** Each warning once, in order, as many as fit; the last one then says how many are left out. */
export function fitWarnings(lines: readonly string[]): readonly string[] {
  const distinct = [...new Set(lines)];
  const fitting: string[] = [];
  let bytes = 0;
  for (const line of distinct) {
    bytes += Buffer.byteLength(line);
    if (bytes > most) break;
    fitting.push(line);
  }
  const left = distinct.length - fitting.length;
  return left === 0
    ? fitting
    : [...fitting, warningLine(`${left} more warnings are left out.`, 'See katib-push dry-run.')];
}

/** About a record that this webhook did not write. */
export const warnOfForgedRecord = warningLine(
  'The annotation katib-push.io/record was not written by this webhook; it is taken away.',
);
