/**
 * Characters that a terminal acts on instead of showing them: C0 and C1 controls (escape sequences begin with one),
 * marks that turn the direction of text, invisible characters, and halves of surrogate pairs.
 */
const unsafe =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A text from outside, fit to be shown on one line of a terminal: controls become their pictures (`␛`), other
 * characters without a picture their code (`<202E>`), tabs four blanks.
 */
export function neutralise(text: string): string {
  return text.replaceAll('\t', '    ').replace(unsafe, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `<${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
