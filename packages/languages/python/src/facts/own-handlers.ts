import { fact } from '@katib-push/core';
import { readCall } from '../names/call.ts';
import { dottedPath } from '../names/imports.ts';
import { resolveName } from '../names/resolve.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { WARNING } from './log-level.ts';
import { isCertain, logSetupOf, onlyValueOf, writesElsewhere } from './log-setup.ts';

/**
 * Why a logger that hands nothing on to the root logger shows nothing of a level; `undefined` where it may.
 *
 *     log = logging.getLogger("t")
 *     log.propagate = False
 *     log.addHandler(logging.FileHandler("train.log"))
 */
export function whyKept(script: Script, logger: Syntax, level: number): string | undefined {
  const assignment = keptIn(script);
  if (!assignment || logger.type !== 'identifier' || onlyValueOf(script, logger)?.type !== 'call')
    return undefined;
  const name = textOf(script, logger);
  const { text, root } = script;
  if (
    !new RegExp(`^${name}\\.propagate[ \\t]*=[ \\t]*(?:False|0)$`).test(textOf(script, assignment)) ||
    resolveName(script, root.at(assignment.from))?.bindings !== resolveName(script, logger)?.bindings ||
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
  if (!goElsewhere) return undefined;
  return logSetupOf(script).files
    ? 'its logger writes to a file alone'
    : 'its logger has a NullHandler alone';
}

/** The assignment to `propagate` of the one logger that the script asks for; `undefined` for none, or several. */
const keptIn = fact(({ text, root }: Script): Syntax | undefined => {
  // another name may stand for the same logger
  if ((text.match(/\b(?:getLogger|getChild)[ \t]*\(/g) ?? []).length !== 1) return undefined;
  const [kept, ...more] = [...text.matchAll(/\b\w+\.propagate[ \t]*=[^=]/g)];
  if (!kept || more.length > 0) return undefined;
  const assignment = root.at(kept.index).parent?.parent;
  return assignment?.type === 'assignment' && isCertain(assignment) ? assignment : undefined;
});
