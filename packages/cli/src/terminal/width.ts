const segmenter = new Intl.Segmenter();
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const combining = /^[\p{Mark}\u200c\u200d]+$/u;

/** Columns that a text takes on a terminal. Wide characters and emoji take two. Colour sequences take none. */
export function widthOf(text: string): number {
  const bare = text.replace(/\x1b\[[\d;]*m/g, '');
  if (/^[\x20-\x7e]*$/.test(bare)) return bare.length;
  let width = 0;
  for (const { segment } of segmenter.segment(bare)) width += widthOfSegment(segment);
  return width;
}

/** A text (without colours) cut to at most `width` columns, `…` in place of what is missing. */
export function shorten(text: string, width: number): string {
  const head = take(text, width);
  return head.length === text.length ? text : `${take(text, width - 1)}…`;
}

/** A text filled with blanks up to `width` columns. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return side === 'right' ? text + blanks : blanks + text;
}

/** A text (without colours) broken at blanks into lines of at most `width` columns; longer words are cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    for (let head = take(line, width); head !== '' && head.length < line.length; head = take(line, width)) {
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line];
}

/** The beginning of a text that fits into `width` columns. */
function take(text: string, width: number): string {
  if (text.length <= width && /^[\x20-\x7e]*$/.test(text)) return text;
  let taken = 0;
  let length = 0;
  for (const { segment } of segmenter.segment(text)) {
    taken += widthOfSegment(segment);
    if (taken > width) break;
    length += segment.length;
  }
  return text.slice(0, length);
}

function widthOfSegment(segment: string): number {
  if (combining.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}
