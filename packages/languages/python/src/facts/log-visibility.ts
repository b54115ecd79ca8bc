import { readCall } from '../names/call.ts';
import { dottedPath } from '../names/imports.ts';
import type { Origin } from '../names/origin.ts';
import { callsAt } from '../syntax/call-at.ts';
import { withoutPreludes } from '../syntax/own-prelude.ts';
import { type Script, textOf } from '../syntax/script.ts';
import { levelThatHides } from './log-doubts.ts';
import { type LogMention, levelOf, nameOfLevel, WARNING } from './log-level.ts';
import { logSetupOf } from './log-setup.ts';
import { loadsQuietModules } from './quiet-modules.ts';

/**
 * Why a log record is never shown, as a sentence without a full stop; `undefined` where it may be. Said only of the
 * program's main script, where all that may configure logging is seen: else it counts as shown.
 *
 *     import logging
 *     logging.info("loss=%f", loss)     logging is not configured: INFO is not shown
 *
 * @param origin of the logger
 */
export function whyHidden(mention: LogMention, origin: Origin): string | undefined {
  const { script, word } = mention;
  if (!script.isMain || word === '') return undefined;
  const { path: from = '', madeBy = '' } = origin;
  if (/^loguru\.logger\b/.test(from || madeBy)) return hiddenByLoguru(script);
  if (!/^logging(?:\.root)?$/.test(from) && !/^logging\.getLogger$/.test(madeBy)) return undefined;
  const level = levelOf(mention);
  const setup = logSetupOf(script);
  if (level === undefined || setup.unsure) return undefined;
  const least = Math.min(WARNING, ...setup.levels);
  const name = nameOfLevel(level);
  const last = setup.levels.length > 0 ? levelThatHides(mention, level) : undefined;
  if (last !== undefined) return `${name} is not shown: logging's level is ${nameOfLevel(last)}`;
  const configured = setup.levels.length > 0 || setup.shows || setup.files;
  if (level < least)
    return configured
      ? `${name} is not shown: logging's level is ${nameOfLevel(least)}`
      : `logging is not configured: ${name} is not shown`;
  if (setup.shows) return undefined;
  const alone = setup.files ? 'logs go to a file alone' : `no handler shows ${name}`;
  if (setup.rootHasHandlers) return alone;
  // else the last resort shows warnings, and what the module's functions give to the root logger shows all
  return level < WARNING && !setup.logsByModule() ? alone : undefined;
}

/** loguru shows everything on stderr, until that is removed. */
function hiddenByLoguru(script: Script): string | undefined {
  if (!loadsQuietModules(script) || /\.(?:configure|patch)[ \t]*\(/.test(withoutPreludes(script)))
    return undefined;
  let removed = false;
  let added = 0;
  for (const { callee, call } of callsAt(script, /\b(?:remove|add)(?=[ \t]*\()/g)) {
    const path = dottedPath(script, callee);
    if (path !== 'loguru.logger.remove' && path !== 'loguru.logger.add') continue;
    const [given] = readCall(script, call).positional;
    if (path.endsWith('remove')) removed ||= given === undefined && call.parent?.parent?.type === 'module';
    else if (!given || !/string$/.test(given.type) || /\/dev\/|\/proc\//.test(textOf(script, given)))
      return undefined;
    else added++;
  }
  if (!removed) return undefined;
  return added > 0 ? 'loguru writes to a file alone' : 'loguru has no sink';
}
