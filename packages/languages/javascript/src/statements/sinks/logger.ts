import { concatenate, literal } from '@katib-push/core';
import { whyUnseen } from '../../facts/doubts.ts';
import { isLogger } from '../../names/holder.ts';
import type { Origin } from '../../names/origin.ts';
import { renderFormat } from '../../templates/format.ts';
import type { Mention, Sink, SinkFamily } from '../sink.ts';

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
    const { script, origin, receiver } = mention;
    return isLogger(script, origin, receiver) ? sinkOf(mention, `logger.${mention.word}`) : undefined;
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

/** Why what a logger writes can't be read, if it can't. */
function pastTheStream({ path, madeBy }: Origin): Pick<Sink, 'cannot'> {
  const direct = PAST_THE_STREAM.test(path ?? madeBy ?? '');
  return direct ? { cannot: 'pino writes to the descriptor itself, past process.stdout' } : {};
}

function sinkOf({ script, origin, word, receiver }: Mention, sink: string): Sink {
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
