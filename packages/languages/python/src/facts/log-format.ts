import { lastingFact } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

/** `%(message)s`, `{message}` and `$message` in the format of a log. */
const MESSAGE = /%\(message\)|\{message\b|\$\{?message\b/g;

/** A field of any of the three styles. */
const FIELD = /%\(\w+\)[-#0 +]*[\d.]*[a-z]|\{\w+[^{}]*\}|\$\{?\w+\}?/gi;

/** Classes that may put words around a message. */
const OWN_CLASS = /^[ \t]*class[ \t]+\w+[ \t]*\([^)\n]*(?:Formatter|LoggerAdapter)\b/m;

/**
 * Whether logs show a message without words in front of it. They don't where a format gives it a name
 * (`accuracy=%(message)s`, `%(name)s=%(message)s`) or the script has a formatter of its own: then a message that holds no
 * metric may come out as one.
 *
 *     [%(asctime)s] PID:%(process)d - %(message)s
 *                                  ^^^ no words between the last field and the message: alone
 */
export const showsMessageAlone = lastingFact((script: Script): boolean => {
  if (/Formatter|LoggerAdapter/.test(script.text) && OWN_CLASS.test(script.text)) return false;
  for (const match of script.text.matchAll(MESSAGE)) {
    const content = script.root.at(match.index);
    if (content.type !== 'string_content') continue;
    const before = script.text.slice(content.from, match.index);
    const last = [...before.matchAll(FIELD)].at(-1);
    const between = last ? before.slice(last.index + last[0].length) : before;
    if (/[\p{L}=]/u.test(between)) return false;
  }
  return true;
});
