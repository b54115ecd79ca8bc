import { readCall } from '../names/call.ts';
import { dottedPath } from '../names/imports.ts';
import { resolveName } from '../names/resolve.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { WARNING } from './log-level.ts';
import { isCertain, onlyValueOf, writesElsewhere } from './log-setup.ts';

/**
 * Why a logger that hands nothing on to the root logger shows nothing of a level; `undefined` where it may.
 *
 *     log = logging.getLogger("t")
 *     log.propagate = False
 *     log.addHandler(logging.FileHandler("train.log"))
 */
export function whyKept(script: Script, logger: Syntax, level: number): string | undefined {
  const name = textOf(script, logger);
  const made = onlyValueOf(script, logger);
  if (logger.type !== 'identifier' || made?.type !== 'call' || !isOnlyOne(script)) return undefined;
  const [kept, ...more] = [...script.text.matchAll(/\b\w+\.propagate[ \t]*=[^=]/g)];
  if (!kept || more.length > 0) return undefined;
  const assignment = script.root.at(kept.index).parent?.parent;
  const { text, root } = script;
  if (
    assignment?.type !== 'assignment' ||
    !isCertain(assignment) ||
    !new RegExp(`^${name}\\.propagate[ \\t]*=[ \\t]*(?:False|0)$`).test(textOf(script, assignment)) ||
    resolveName(script, root.at(kept.index))?.bindings !== resolveName(script, logger)?.bindings ||
    assignment.from > logger.from
  )
    return undefined;
  const added = [...text.matchAll(new RegExp(`\\b${name}\\.addHandler\\b`, 'g'))].map(({ index }) => {
    const call = root.at(index).parent?.parent;
    const [given] = call?.type === 'call' ? readCall(script, call).positional : [];
    return given && onlyValueOf(script, given);
  });
  // somebody else may be given the logger
  if ((text.match(/\baddHandler\b/g) ?? []).length !== added.length) return undefined;
  if (added.length === 0) return level < WARNING ? 'its logger has no handler' : undefined;
  const goElsewhere = added.every(
    (handler) =>
      handler?.type === 'call' &&
      writesElsewhere(script, handler, dottedPath(script, handler.children[0] ?? handler)),
  );
  return goElsewhere ? 'its logger writes to a file alone' : undefined;
}

/** Whether the script asks for one logger: another name may stand for the same. */
function isOnlyOne({ text }: Script): boolean {
  return (text.match(/\b(?:getLogger|getChild)[ \t]*\(/g) ?? []).length === 1;
}
