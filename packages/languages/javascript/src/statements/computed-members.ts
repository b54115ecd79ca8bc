import { memberName } from '../names/origin.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { SINK_NAMES } from './sinks/index.ts';

/** A bracket behind something that can be looked into. */
const BRACKET = /[\w$)\]!.]\s*\[/g;

/** What a receiver of sinks is called. */
const RECEIVER = /console|stdout|stderr|log/i;

/** Where something is given such a receiver. Looked for first: to start at each word takes long, and most texts have none. */
const GIVES = /=\s*(?:[\w$]+\.)?(?:console|process\.std(?:out|err))\b(?!\s*[.[(])/;

/** A name that is given one: `c = console`, `const out: Writable = process.stdout`. */
const GIVEN = new RegExp(`([\\w$]+)\\s*(?::[^=;\\n]*)?${GIVES.source}`, 'g');

/** So far in front of a bracket is looked for a receiver's name. */
const REACH = 60;

/**
 * Members of what may be a receiver of sinks whose name is put together, or known only at run time.
 *
 *     console["lo" + "g"](x)
 *     (console as any)[level](x)
 *     process.stdout[method](x)
 *
 * @param aliases names that may stand for sinks
 */
export function* computedMembers(script: Script, aliases: ReadonlySet<string>): Iterable<Syntax> {
  const { root, text } = script;
  const names = new Set(aliases);
  if (GIVES.test(text)) for (const [, name] of text.matchAll(GIVEN)) if (name) names.add(name);
  for (const { 0: found, index } of text.matchAll(BRACKET)) {
    const bracket = index + found.length - 1;
    const before = text.slice(Math.max(0, bracket - REACH), bracket);
    if (!RECEIVER.test(before) && !before.split(/[^\w$]+/).some((word) => names.has(word))) continue;
    const member = root.at(bracket);
    if (!/^(?:Optional)?MemberExpression$/.test(member.type) || !member.is('computed')) continue;
    const name = memberName(member);
    if (name === undefined || SINK_NAMES.includes(name)) yield member;
  }
}
