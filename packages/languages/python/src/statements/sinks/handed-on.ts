/** A name of a stream that is not looked into: it is handed to a call, put into a display, returned or stored. */
const NAMED = /\bstd(?:out|err)(?:__)?[ \t]*(?=[,)\]}\n]|$)/g;

/** What stands in front of one whose use is known: what is given it prints, logs or writes by names of its own. */
const KNOWN = new RegExp(
  [
    String.raw`\b(?:file|stream)[ \t]*=`,
    String.raw`\b(?:StreamHandler|TextIOWrapper|redirect_std(?:out|err)|writer|DictWriter|Console|fstat|isatty)\(`,
    String.raw`\b(?:dump|dump_all|safe_dump|copyfileobj)\([^()]*,`,
    // names that are followed
    String.raw`(?:^|[\n;:])[ \t]*[\w \t,.]*=`,
    String.raw`\bfrom[ \t]+sys[ \t]+import\b[^\n]*`,
  ]
    .map((known) => `(?:${known})\\s*(?:sys[ \\t]*\\.[ \\t]*)?(?:__)?$`)
    .join('|'),
);

/** Attributes of others' objects are not followed: `worker.out = sys.stdout`. */
const STORED = /(?<!\b(?:sys|self|cls))\.\w+[ \t]*=\s*(?:sys[ \t]*\.[ \t]*)?(?:__)?$/;

/** So far in front of the name is looked. */
const REACH = 120;

/**
 * Whether a text hands `sys.stdout` or `sys.stderr` on to where it can't be followed: then whatever has a `write` may be
 * it.
 *
 *     Reporter(sys.stdout)
 *     def target(): return sys.stderr
 */
export function handsStreamOn(text: string): boolean {
  for (const { index } of text.matchAll(NAMED)) {
    const before = text.slice(Math.max(0, index - REACH), index);
    if (STORED.test(before) || !KNOWN.test(before)) return true;
  }
  return false;
}
