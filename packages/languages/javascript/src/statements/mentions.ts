import { occurrencesOf } from '@katib-push/core';
import { memberName, originOf } from '../names/origin.ts';
import { classifyUse, withoutClient } from '../names/use.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Mention } from './sink.ts';
import { SINK_NAMES } from './sinks/index.ts';

const MEMBERS = new RegExp(`(?:\\.\\s*|\\[\\s*["'])(?=(?:${SINK_NAMES.join('|')})\\b)`, 'g');

/**
 * Places where a sink may be named, each once.
 *
 *     this.logger.info(x)     a method's name behind a dot or in brackets
 *     log(x)                  an alias: const { log } = console
 *
 * @param aliases names that may stand for a sink of another name
 */
export function* mentionsIn(script: Script, aliases: ReadonlySet<string>): Iterable<Mention> {
  const { root, text } = script;
  for (const { 0: start, index } of text.matchAll(MEMBERS)) {
    const property = root.at(index + start.length);
    const callee = property.parent;
    if (property.role === 'property' && callee) yield* asMember(script, callee);
  }
  for (const name of aliases) {
    for (const at of occurrencesOf(text, name, 0, text.length)) {
      const callee = root.at(at);
      if (callee.type === 'Identifier' && callee.from === at) yield* asAlias(script, callee);
    }
  }
}

function* asMember(script: Script, callee: Syntax): Iterable<Mention> {
  const receiver = callee.field('object');
  const word = memberName(callee);
  const use = classifyUse(script, callee);
  if (!receiver || word === undefined || !use) return;
  yield {
    script,
    callee,
    word,
    receiver: withoutClient(script, receiver),
    origin: originOf(script, receiver),
    use,
  };
}

/** `log` where `const { log } = console`: its path is `console.log`. */
function* asAlias(script: Script, callee: Syntax): Iterable<Mention> {
  const use = classifyUse(script, callee);
  if (!use) return;
  const { path, madeBy } = originOf(script, callee);
  if (madeBy !== undefined) yield { script, callee, word: 'debug', origin: { madeBy }, use };
  const dot = path?.lastIndexOf('.') ?? -1;
  if (path === undefined || dot < 0) return;
  yield { script, callee, word: path.slice(dot + 1), origin: { path: path.slice(0, dot) }, use };
}
