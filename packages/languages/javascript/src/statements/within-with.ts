import { originOf } from '../names/origin.ts';
import { resolveName } from '../names/resolve.ts';
import { classifyUse } from '../names/use.ts';
import type { Script } from '../syntax/script.ts';
import type { Mention } from './sink.ts';
import { SINK_NAMES } from './sinks/index.ts';

const NAMES = new RegExp(`(?<![\\w$.])(?:${SINK_NAMES.join('|')})\\b`, 'g');

/**
 * Names that a `with` statement looks up in a receiver of sinks.
 *
 *     with (console) { log(x) }
 */
export function* mentionsWithinWith(script: Script): Iterable<Mention> {
  const { root, text } = script;
  for (const { index } of text.matchAll(/\bwith\s*\(/g)) {
    const statement = root.at(index);
    const [object, body] = [statement.field('object'), statement.field('body')];
    if (statement.type !== 'WithStatement' || !object || !body) continue;
    const origin = originOf(script, object);
    for (const match of text.slice(body.from, body.to).matchAll(NAMES)) {
      const callee = root.at(body.from + match.index);
      const [word] = match;
      if (callee.type !== 'Identifier' || callee.word('name') !== word) continue;
      const declared = resolveName(script, callee)?.scope;
      if (declared && declared.from >= body.from && declared.to <= body.to) continue;
      const use = classifyUse(script, callee);
      if (use) yield { script, callee, word, origin, use };
    }
  }
}
