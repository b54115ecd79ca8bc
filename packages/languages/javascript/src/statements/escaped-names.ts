import { keyOf, namesOfPattern } from '../names/binding.ts';
import { mayHaveEscaped } from '../names/escapes.ts';
import { occurrencesOf } from '../names/occurrences.ts';
import { originOf } from '../names/origin.ts';
import { resolveName } from '../names/resolve.ts';
import type { Script } from '../syntax/script.ts';
import type { Mention } from './sink.ts';
import { ESCAPED_NAMES } from './sinks/escaped.ts';
import { classifyUse } from './use.ts';

const KEYS = new RegExp(
  `[{,]\\s*(?:\\[\\s*)?["'\`]?(?=(?:${ESCAPED_NAMES.join('|')})\\b["'\`\\]\\s]*[,}:=])`,
  'g',
);

/**
 * Names that a pattern takes from what may be a console or a stream that escaped.
 *
 *     function train({ log }) { log(x) }
 *     train(console);
 */
export function* mentionsOfEscapedNames(script: Script): Iterable<Mention> {
  if (!script.escapes().any) return;
  const { root, text } = script;
  const methods = new Map<string, string>();
  for (const { 0: start, index } of text.matchAll(KEYS)) {
    const key = root.at(index + start.length);
    const property = key.parent;
    if (property?.type !== 'ObjectProperty' || property.parent?.type !== 'ObjectPattern') continue;
    const word = keyOf(property.node);
    const value = property.field('value');
    if (word === undefined || !value) continue;
    const [taken] = namesOfPattern(value.node, []);
    if (taken) methods.set(taken.name.name as string, word);
  }
  for (const [name, word] of methods)
    for (const at of occurrencesOf(text, name, 0, text.length)) {
      const callee = root.at(at);
      if (callee.type !== 'Identifier' || callee.from !== at) continue;
      const use = classifyUse(script, callee);
      if (!use || !resolveName(script, callee)) continue;
      const origin = originOf(script, callee);
      if (mayHaveEscaped(script, origin)) yield { script, callee, word, origin, use };
    }
}
