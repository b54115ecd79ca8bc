import { concatenate, holeNamed, lastingFact, literal, once } from '@katib-push/core';
import { whyOwnClass } from '../../facts/elsewhere.ts';
import { whyDoubtful } from '../../facts/log-doubts.ts';
import { showsMessageAlone } from '../../facts/log-format.ts';
import { whyHidden } from '../../facts/log-visibility.ts';
import type { Call } from '../../names/call.ts';
import { pathsOf } from '../../names/imports.ts';
import { type Origin, originOf } from '../../names/origin.ts';
import { type Script, textOf } from '../../syntax/script.ts';
import { renderLoguru, renderMessage } from '../../templates/log-message.ts';
import type { Mention, Sink, SinkFamily } from '../sink.ts';

/** Packages whose `info`, `error`, … write a log. */
const LOGGING =
  /^(?:logging(?:\.root)?|absl\.logging|loguru\.logger|tensorflow\.(?:compat\.v1\.)?(?:logging|get_logger)|structlog\.\w+)$/;

/** Makers of objects that have such methods and log nothing. */
const NO_LOGGER =
  /(?:^|\.)(?:ArgumentParser|add_subparsers|add_parser|OptionParser|Figure|DataFrame|read_csv|Run|init|Trainer)$/;

/**
 * Loggers, however they were obtained: `logging.info`, `self.logger.warning`, `get_logger(__name__).info`, loguru.
 * The receiver only has to be not provably something else; for `log` and `trace`, which much else is called, it has to
 * look like a logger.
 */
export const logger: SinkFamily = {
  names: 'debug info warning warn error critical exception fatal log trace success'.split(' '),
  recognize(mention) {
    const { script, receiver, call, path, word, written } = mention;
    if (!receiver) return recognizeImported(mention);
    // `future.exception()`, `frame.info()`: nothing that a log would hold
    if (/^\(\s*\)$/.test(written ?? '')) return undefined;
    const origin = once(() => originOf(script, receiver));
    if (path && LOGGING.test(path.slice(0, -word.length - 1))) return sinkOf(mention, path, origin);
    const isCommon = word === 'log' || word === 'trace';
    const isLikely = looksLikeLogger(mention);
    if (
      (!isLikely || isCommon) &&
      !isKnown(origin()) &&
      (isSomethingElse(mention, origin()) || (!isLikely && (isCommon || !call)))
    )
      return undefined;
    return sinkOf(mention, `logger.${word}`, origin);
  },
};

const ABSL = /^(?:absl\.logging|tensorflow\.(?:compat\.v1\.)?logging)\.\w+$/;

/** absl's: `logging.log_every_n(logging.INFO, "loss=%f", 10, loss)`. Behind the message stands how often, or whether. */
export const abslLogger: SinkFamily = {
  names: ['log_every_n', 'log_every_n_seconds', 'log_first_n', 'log_if', 'vlog'],
  recognize({ script, path, word }) {
    if (path === undefined || !ABSL.test(path)) return undefined;
    const render = (call: Call) => {
      const { positional } = call;
      const given = word === 'vlog' ? positional : [...positional.slice(0, 2), ...positional.slice(3)];
      return renderMessage(script, { ...call, positional: given, keywords: new Map() }, true);
    };
    return { sink: path, kind: 'log', asValue: true, render };
  },
};

/** `from logging import info` */
function recognizeImported(mention: Mention): Sink | undefined {
  const { path = '', word } = mention;
  const module = path.slice(0, Math.max(0, path.lastIndexOf('.')));
  return path !== word && LOGGING.test(module) ? sinkOf(mention, path, () => ({ path: module })) : undefined;
}

/** `getattr(logger, level)(msg)`: the method is known only at run time, and whether it is one that logs. */
export function recognizeLookedUp(mention: Mention): Sink | undefined {
  const { script, receiver, call } = mention;
  if (!receiver) return undefined;
  const origin = originOf(script, receiver);
  const isLogger = isKnown(origin) || (looksLikeLogger(mention) && !isSomethingElse(mention, origin));
  // `getattr(logging, args.level)` is a number
  if (!isLogger || (!call && LOGGING.test(origin.path ?? ''))) return undefined;
  return sinkOf(mention, 'logger.*', () => origin);
}

const namesLoguru = lastingFact(({ text }: Script) => text.includes('loguru'));

/** @param origin of the logger */
function sinkOf(mention: Mention, sink: string, origin: () => Origin): Sink {
  const { script, word, receiver } = mention;
  const isLoguru = () => namesLoguru(script) && /^loguru\b/.test(origin().path ?? origin().madeBy ?? '');
  return {
    sink,
    kind: 'log',
    hidden: () => whyHidden(mention, origin()),
    doubtful: () => whyDoubtful(mention, origin()) ?? (receiver && whyOwnClass(script, receiver)),
    asValue: true,
    render: (call) => {
      const render = receiver && isLoguru() ? renderLoguru : renderMessage;
      const message = render(script, call, sink.endsWith('.log') || word === 'log');
      return concatenate(
        showsMessageAlone(script) ? [] : holeNamed('the format'),
        message,
        showsException(mention, call) ? concatenate(holeNamed('the exception'), literal('\n')) : [],
      );
    },
  };
}

/** Whether the record carries the exception that is being handled; its text comes below the message. */
function showsException({ receiver, script, word }: Mention, { keywords }: Call): boolean {
  const given = keywords.get('exc_info');
  if (given) return given.type !== 'false' && given.type !== 'none';
  return (
    word === 'exception' ||
    (receiver !== undefined && /\bopt\([^)]*\bexception\b/.test(textOf(script, receiver)))
  );
}

function isKnown({ path = '', madeBy = '' }: Origin): boolean {
  return (
    LOGGING.test(path) ||
    /(?:^|\.)(?:getLogger|get_logger|getChild|setup_logger|create_logger|Logger)$/.test(madeBy) ||
    /^loguru\.logger\./.test(madeBy)
  );
}

function isSomethingElse({ script, receiver }: Mention, { path, madeBy }: Origin): boolean {
  if (madeBy !== undefined && NO_LOGGER.test(madeBy)) return true;
  const written = receiver ? textOf(script, receiver) : '';
  if (/(?:^|\.)(?:(?:arg_?)?parser|_?warnings)$/i.test(written)) return true;
  // a module or class that was imported, and isn't called anything like a log
  const head = written.split('.', 1)[0]?.trim() ?? '';
  return pathsOf(script).has(head) && !/log/i.test(path ?? written);
}

/** `logger`, `self.log`, `LOG`, `get_logger()`; but not `math`, `wandb`, `blog`. */
function looksLikeLogger({ script, receiver }: Mention): boolean {
  const written = receiver ? textOf(script, receiver) : '';
  const last = /(\w+)\s*(?:\([^()]*\))?$/.exec(written)?.[1] ?? '';
  return /^_*(?:\w*_)?(?:log|logger|logging|LOG|LOGGER|get_?logger)(?:_\w*)?$/i.test(last);
}
