import { fact } from '@katib-push/core';
import { readCall } from '../names/call.ts';
import { type Origin, originOf } from '../names/origin.ts';
import { callsAt } from '../syntax/call-at.ts';
import { withoutPreludes } from '../syntax/own-prelude.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import {
  type LogMention,
  levelNamed,
  levelOf,
  levelOfMethod,
  nameOfLevel,
  readLevel,
  WARNING,
} from './log-level.ts';
import { isCertain, logSetupOf, onlyValueOf } from './log-setup.ts';

/** What may keep a record of the standard library's logging from showing, whatever the levels are. */
const HINDERS: readonly (readonly [RegExp, string])[] = [
  [/\.disabled[ \t]*=/, 'a logger is disabled somewhere'],
  [/\.propagate[ \t]*=[^=]/, 'a logger hands its records on to no other'],
  [/\.(?:addFilter|removeHandler)\b|\.handlers\b|\bsetLogRecordFactory\b/, 'handlers or filters are changed'],
  [/\b(?:Memory|Queue)Handler[ \t]*\(/, 'a handler keeps records for another'],
  [/\bfileConfig\b/, 'a file configures logging'],
  [/\bstream[ \t]*=(?![ \t]*(?:sys\.)?(?:__)?std(?:out|err)\b)/, 'a handler has a stream of its own'],
  [/\blogging\.disable\b/, 'logging is disabled somewhere'],
];

/**
 * Why it can't be told whether a log record shows, as a sentence without a full stop; `undefined` where it shows, as far as
 * the program's main script tells. Of loggers that other code makes nothing is said.
 *
 *     logging.basicConfig(level=args.level)
 *     logging.info("loss=%f", loss)           the level of logging is known only at run time
 */
export function whyDoubtful(mention: LogMention, { path = '', madeBy = '' }: Origin): string | undefined {
  const { script, word } = mention;
  const from = path || madeBy;
  const text = withoutPreludes(script);
  if (/^loguru\.logger\b/.test(from)) return doubtOfLoguru(script, text, word);
  if (/^structlog\b/.test(from))
    return /\bstructlog\.configure\b/.test(text) ? 'structlog is configured' : undefined;
  const level = levelOf(mention);
  if (level === undefined) return undefined;
  if (/^(?:absl\.logging|tensorflow)\b/.test(from)) return doubtOfAbsl(script, from, level, text);
  if (!/^logging(?:\.root)?$/.test(path) && madeBy !== 'logging.getLogger') return undefined;
  return doubtOfAll(script) ?? doubtOfLevels(mention, level);
}

/** What makes the showing of all records of the standard library's logging doubtful, whatever the levels are. */
const doubtOfAll = fact((script: Script): string | undefined => {
  const text = withoutPreludes(script);
  const isElsewhere = /\b(?:Null|\w*File)Handler[ \t]*\(/.test(text) && !logSetupOf(script).shows;
  if (isElsewhere) return 'handlers write elsewhere';
  return HINDERS.find(([pattern]) => pattern.test(text))?.[1] ?? doubtOfOrder(script, text);
});

/** `basicConfig` does nothing where the root logger has a handler already. */
function doubtOfOrder(script: Script, text: string): string | undefined {
  const calls = callsAt(script, /\bbasicConfig(?=[ \t]*\()/g);
  const first = calls[0]?.call;
  if (!first) return undefined;
  if (/\bforce[ \t]*=[ \t]*True\b/.test(text)) return undefined;
  if (calls.length > 1) return 'logging is configured more than once';
  const setup = enclosingFunction(script, first);
  if (setup && !new RegExp(`(?<!def[ \\t]+)\\b${setup}\\b`).test(script.text))
    return `${setup}, which configures logging, is not called here`;
  const logs = /\blogging\.(?:debug|info|warning|warn|error|exception|critical|log)[ \t]*\(/.exec(
    script.text,
  );
  return logs && logs.index < first.from ? 'logging is used before it is configured' : undefined;
}

function enclosingFunction(script: Script, call: Syntax): string | undefined {
  for (let at = call.parent; at; at = at.parent) {
    const name = at.type === 'function_definition' ? at.field('name') : undefined;
    if (name) return textOf(script, name);
  }
  return undefined;
}

/** The levels that the script sets have to let the record through, each of them. */
function doubtOfLevels(mention: LogMention, level: number): string | undefined {
  const { script } = mention;
  const set = levelsFor(mention);
  if (set.some(({ level }) => level === undefined)) return 'the level of logging is known only at run time';
  if (set.some((one) => (one.level ?? 0) > level)) return `some level is above ${nameOfLevel(level)}`;
  const dictionary = dictionaryOf(script);
  if (dictionary) {
    if (dictionary.levels.some((one) => one > level)) return `some level is above ${nameOfLevel(level)}`;
    return dictionary.disables ? 'dictConfig disables loggers that are there already' : undefined;
  }
  const isLet = set.some(({ of }) => of !== 'handler');
  return level < WARNING && !isLet ? `no logger is set to ${nameOfLevel(level)}` : undefined;
}

/** What `dictConfig` is given, as far as the text tells. */
interface Dictionary {
  readonly levels: readonly number[];
  /** Whether it disables loggers that were made in front of it. */
  readonly disables: boolean;
}

const dictionaryOf = fact(({ text }: Script): Dictionary | undefined => {
  if (!/\bdictConfig\b/.test(text)) return undefined;
  const made = text.search(/\bgetLogger\b/);
  const keeps = /["']disable_existing_loggers["'][ \t]*:[ \t]*False/.test(text);
  const levels = [...text.matchAll(/["']level["']\s*:\s*["']?(?:logging\.)?([A-Z]+)/g)];
  return {
    levels: levels.map(([, name]) => levelNamed(name) ?? 100),
    disables: !keeps && made >= 0 && made < text.search(/\bdictConfig[ \t]*\(/),
  };
});

interface SetLevel {
  readonly of: 'root' | 'logger' | 'handler' | 'unknown';
  /** The logger's name; absent for anything else, and where only the run tells. */
  readonly name?: string;
  /** `undefined` where only the run tells. */
  readonly level: number | undefined;
  readonly call: Syntax;
}

/** All levels that the script sets. */
const levelsOf = fact((script: Script): readonly SetLevel[] =>
  callsAt(script, /\b(?:setLevel|basicConfig)(?=[ \t]*\()/g).flatMap(({ callee, call }) => {
    const { positional, keywords } = readCall(script, call);
    if (textOf(script, callee).endsWith('basicConfig')) {
      const level = keywords.get('level');
      return level ? [{ of: 'root', level: readLevel(script, level), call }] : [];
    }
    const [given] = positional;
    const receiver = callee.field('object');
    const of = kindOf(script, receiver);
    const name = of === 'logger' ? nameOf(script, receiver) : undefined;
    return [{ of, ...(name ? { name } : {}), level: given && readLevel(script, given), call }];
  }),
);

/** The levels that are set and may have to do with a record: not those of a logger of another name. */
function levelsFor({ script, receiver }: LogMention): readonly SetLevel[] {
  const all = levelsOf(script);
  if (all.every(({ name }) => name === undefined)) return all;
  const own = nameOf(script, receiver);
  if (own === undefined) return all;
  // the level of a logger that the record does not pass
  return all.filter(({ name }) => name === undefined || own === name || own.startsWith(`${name}.`));
}

/**
 * The level that hides a record for certain: the script sets it last, on the way to the record, and nothing sets it anew;
 * `undefined` for none.
 */
export function levelThatHides(mention: LogMention, level: number): number | undefined {
  const set = levelsFor(mention);
  const loggers = set.filter(({ of }) => of !== 'handler');
  const own = loggers.filter(({ of }) => of === 'logger');
  const last = (own.length > 0 ? own : loggers).at(-1);
  if (!last || last.of === 'unknown' || last.level === undefined || last.level <= level) return undefined;
  if (own.length > 0 && new Set(own.map(({ call }) => receiverText(mention.script, call))).size > 1)
    return undefined;
  return isCertain(last.call) &&
    last.call.to < mention.name.from &&
    textOf(mention.script, last.call).includes('setLevel')
    ? last.level
    : undefined;
}

function receiverText(script: Script, call: Syntax): string {
  const receiver = call.field('function')?.field('object');
  return receiver ? textOf(script, receiver) : '';
}

function kindOf(script: Script, receiver: Syntax | undefined): SetLevel['of'] {
  if (!receiver) return 'unknown';
  const { path = '', madeBy = '' } = originOf(script, receiver);
  if (/Handler$/.test(madeBy)) return 'handler';
  if (path === 'logging.root') return 'root';
  if (madeBy !== 'logging.getLogger') return 'unknown';
  return nameOf(script, receiver) === '' ? 'root' : 'logger';
}

/** The name of a logger by what made it: empty for the root logger, `undefined` where only the run tells. */
function nameOf(script: Script, logger: Syntax | undefined): string | undefined {
  if (!logger) return '';
  const made = onlyValueOf(script, logger);
  if (made?.type !== 'call')
    return /^logging(?:\.root)?$/.test(originOf(script, logger).path ?? '') ? '' : undefined;
  const [given] = readCall(script, made).positional;
  if (!given) return '';
  const text = textOf(script, given);
  return /^(["'])[\w.]*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** loguru shows what is at DEBUG and above, until it is told otherwise. */
function doubtOfLoguru(script: Script, text: string, word: string): string | undefined {
  if (word === 'trace') return 'loguru shows no TRACE by itself';
  if (/\blogger\.(?:configure|disable|patch)\b|\bfilter[ \t]*=/.test(text)) return 'loguru is configured';
  const level = levelOfMethod(word) ?? (word === 'success' ? 25 : undefined);
  const adds = callsAt(script, /\badd(?=[ \t]*\()/g).filter(
    ({ callee, call }) => originOf(script, callee.field('object') ?? call).path === 'loguru.logger',
  );
  const hides = adds.some(({ call }) => {
    const given = readCall(script, call).keywords.get('level');
    const known = given && readLevel(script, given);
    return given !== undefined && (known === undefined || level === undefined || known > level);
  });
  return hides ? 'a sink of loguru has a level of its own' : undefined;
}

/** absl, and TensorFlow with it, shows warnings and above, until it is told otherwise. */
function doubtOfAbsl(script: Script, from: string, level: number, text: string): string | undefined {
  const said = callsAt(script, /\b(?:set_verbosity|setLevel)(?=[ \t]*\()/g).map(({ call }) => {
    const [given] = readCall(script, call).positional;
    const name = given && /(\w+)["']?$/.exec(textOf(script, given))?.[1];
    return levelNamed(name?.toUpperCase()) ?? 100;
  });
  if (said.some((one) => one > level)) return 'a verbosity is set';
  const lets = said.length > 0 || (from.startsWith('absl') && /\bapp\.run\b/.test(text));
  return level < WARNING && !lets
    ? `${from.split('.', 1)[0]} shows no ${nameOfLevel(level)} by itself`
    : undefined;
}
