/** Characters that one warning has at most, its prefix included: what is so and what helps need more than the 120 that Kubernetes asks for; it cuts at 256. */
const longest = 240;
const prefix = 'katib-push: ';

/**
 * One warning: what is so, and what to do. A long text is cut so that what to do stays. Control characters, line breaks
 * and what turns the direction of text become spaces.
 */
export function warningLine(message: string, remedy = ''): string {
  const tail = clean(remedy);
  const room = Math.max(40, longest - prefix.length - tail.length - 1);
  const head = shorten(abbreviate(clean(message)), room);
  return shorten(`${prefix}${head}${tail === '' ? '' : ` ${tail}`}`, longest);
}

function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** Long JSON pointers lose what every trial template has, and keep their last four tokens. */
function abbreviate(text: string): string {
  return text.replace(/\/spec\/trialTemplate\/trialSpec\/\S*?((?:\/[^\s/]+){4})(?=[\s,]|\.?$)/g, '…$1');
}

function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
