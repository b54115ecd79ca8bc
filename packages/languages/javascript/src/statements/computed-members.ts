import { lastingFact } from '@katib-push/core';
import { memberName } from '../names/origin.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { SINK_NAMES } from './sinks/index.ts';

/** A bracket behind something that can be looked into. */
const BRACKET = /\[(?<=[\w$)\]!.]\s*\[)/g;

/** What a receiver of sinks is called. */
const RECEIVER = /console|stdout|stderr|log/i;

/** Such a receiver, where a name is given it: `c = console`, `const out: Writable = process.stdout`. */
const GIVEN =
  /(?<=([\w$]+)\s*(?::[^=;\n]*)?=\s*(?:[\w$]+\.)?)(?:console|process\.std(?:out|err))\b(?!\s*[.[(])/g;

const namesGiven = lastingFact(({ text }: Script) =>
  Array.from(text.matchAll(GIVEN), ([, name = '']) => name),
);

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
  const names = new Set([...aliases, ...namesGiven(script)]);
  for (const { index: bracket } of text.matchAll(BRACKET)) {
    const before = text.slice(Math.max(0, bracket - REACH), bracket);
    const isNamed = names.size > 0 && before.split(/[^\w$]+/).some((word) => names.has(word));
    if (!isNamed && !RECEIVER.test(before)) continue;
    const member = root.at(bracket);
    if (!/^(?:Optional)?MemberExpression$/.test(member.type) || !member.is('computed')) continue;
    const name = memberName(member);
    if (name === undefined || SINK_NAMES.includes(name)) yield member;
  }
}
