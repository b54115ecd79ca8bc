import { occurrencesOf } from '@katib-push/core';
import { memberName, originOf } from '../names/origin.ts';
import { classifyUse, withoutClient } from '../names/use.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { computedMembers } from './computed-members.ts';
import type { Mention } from './sink.ts';
import { SINK_NAMES } from './sinks/index.ts';
import { mentionsWithinWith } from './within-with.ts';

const MEMBERS = new RegExp(`(?:\\.\\s*|\\[\\s*["'])(?=(?:${SINK_NAMES.join('|')})\\b)`, 'g');

/**
 * Places where a sink may be named, each once.
 *
 *     this.logger.info(x)     a method's name behind a dot or in brackets
 *     console[level](x)       a name that is known only at run time
 *     log(x)                  an alias: const { log } = console
 *     console.l\u006fg(x)     a name with an escape in it
 *     with (console) log(x)   a method by its name alone
 *
 * @param aliases names that may stand for a sink of another name
 */
export function* mentionsIn(script: Script, aliases: ReadonlySet<string>): Iterable<Mention> {
  const { root, text } = script;
  const seen = new Set<Syntax['node']>();
  for (const { 0: start, index } of text.matchAll(MEMBERS)) {
    const property = root.at(index + start.length);
    const callee = property.parent;
    if (property.role !== 'property' || !callee || memberName(callee) === undefined) continue;
    seen.add(callee.node);
    yield* asMember(script, callee);
  }
  for (const member of computedMembers(script, aliases))
    if (!seen.has(member.node)) yield* asMember(script, member);
  for (const name of aliases) {
    for (const at of occurrencesOf(text, name, 0, text.length)) {
      const callee = root.at(at);
      if (callee.type === 'Identifier' && callee.from === at) yield* asAlias(script, callee);
    }
  }
  for (const { index } of text.matchAll(/\\u/g)) {
    const name = root.at(index);
    const member = name.role === 'property' ? name.parent : undefined;
    // of several escapes in one name, the first
    if (name.type !== 'Identifier' || text.slice(name.from, index).includes('\\')) continue;
    if (member && SINK_NAMES.includes(memberName(member) ?? '')) yield* asMember(script, member);
    else if (aliases.has(name.word('name'))) yield* asAlias(script, name);
  }
  yield* mentionsWithinWith(script);
}

function* asMember(script: Script, callee: Syntax): Iterable<Mention> {
  const receiver = callee.field('object');
  const use = classifyUse(script, callee);
  if (!receiver || !use) return;
  const word = memberName(callee);
  yield {
    script,
    callee,
    ...(word === undefined ? {} : { word }),
    receiver: withoutClient(script, receiver),
    origin: originOf(script, receiver),
    use,
  };
}

/** `log` where `const { log } = console`: its path is `console.log`. */
function* asAlias(script: Script, callee: Syntax): Iterable<Mention> {
  const use = classifyUse(script, callee);
  if (!use) return;
  const { path, madeBy, bound } = originOf(script, callee);
  if (madeBy !== undefined) yield { script, callee, word: 'debug', origin: { madeBy }, use };
  const dot = path?.lastIndexOf('.') ?? -1;
  if (path === undefined || dot < 0) return;
  const origin = { path: path.slice(0, dot), ...(bound ? { bound } : {}) };
  yield { script, callee, word: path.slice(dot + 1), origin, use };
}
