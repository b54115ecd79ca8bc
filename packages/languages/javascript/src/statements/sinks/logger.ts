import { whyUnseen } from '../../facts/doubts.ts';
import type { Origin } from '../../names/origin.ts';
import { textOf } from '../../syntax/script.ts';
import { renderFormat } from '../../templates/format.ts';
import { concatenate, literal } from '../../templates/parts.ts';
import type { Mention, NamedMention, Sink, SinkFamily } from '../sink.ts';

/** Packages whose objects log, and the functions that make loggers. */
const LOGGING =
  /^(?:winston|log4js|bunyan|loglevel|signale|consola|npmlog|tracer|roarr|tslog|pino|electron-log|log)(?:\.|$)|(?:^|\.)(?:getLogger|createLogger|makeLogger|Logger|Signale|useLogger)$/;

/** Packages that write to the descriptor themselves, past `process.stdout`. */
const PAST_THE_STREAM = /^pino(?:\.|$)/;

const NAMES = [
  'log',
  'trace',
  'debug',
  'info',
  'notice',
  'warn',
  'warning',
  'error',
  'fatal',
  'critical',
  'verbose',
  'silly',
  'success',
  'http',
] as const;

/** Loggers: known by the package that made them, or by what they are called: `this.logger.info`, `log.warn`. */
export const logger: SinkFamily = {
  names: NAMES,
  recognize(mention) {
    return isLogger(mention) ? sinkOf(mention, `logger.${mention.word}`) : undefined;
  },
};

/** The package `debug`: its functions write to stderr. */
export const debug: SinkFamily = {
  names: ['debug'],
  recognize(mention) {
    if (mention.receiver || mention.origin.madeBy !== 'debug') return undefined;
    return { ...sinkOf(mention, 'debug'), stream: 'stderr' };
  },
};

/** Whether something is a logger, by where it comes from or by its name. */
export function isLogger(mention: Mention): boolean {
  return isKnown(mention.origin) || looksLikeLogger(mention);
}

/** Why what a logger writes can't be read, if it can't. */
export function pastTheStream({ path, madeBy }: Origin): Pick<Sink, 'cannot'> {
  const direct = PAST_THE_STREAM.test(path ?? madeBy ?? '');
  return direct ? { cannot: 'pino writes to the descriptor itself, past process.stdout' } : {};
}

function sinkOf({ script, origin, word, receiver }: NamedMention, sink: string): Sink {
  return {
    sink,
    kind: 'log',
    doubtful: () => whyUnseen(script, word, origin, receiver),
    ...pastTheStream(origin),
    // winston's `log("info", "…")` names the level first; others don't: it does no harm to read it along
    render: (args) =>
      concatenate(renderFormat(script, word === 'log' ? withoutLevel(args) : args), literal('\n')),
  };
}

const LEVEL = /^(?:trace|debug|info|notice|warn|warning|error|fatal|critical|verbose|silly|http)$/;

function withoutLevel<Argument extends { readonly type: string; word(name: string): string }>(
  args: readonly Argument[],
): readonly Argument[] {
  const [first, ...rest] = args;
  return first?.type === 'StringLiteral' && LEVEL.test(first.word('value')) && rest.length > 0 ? rest : args;
}

function isKnown({ path = '', madeBy = '' }: Origin): boolean {
  return LOGGING.test(path) || LOGGING.test(madeBy);
}

/** `logger`, `this.log`, `app.log`, `getLogger()`; but not `Math`, `blog`, `dialog`. */
function looksLikeLogger({ script, receiver }: Mention): boolean {
  const written = receiver ? textOf(script, receiver) : '';
  const last = /([\w$]+)\s*(?:\([^()]*\))?$/.exec(written)?.[1] ?? '';
  return (
    /^[_$#]*(?:\w*_)?(?:log|logger|logging|LOG|LOGGER|getLogger)(?:_\w*)?$/.test(last) ||
    /[a-z]Logger$/.test(last)
  );
}
