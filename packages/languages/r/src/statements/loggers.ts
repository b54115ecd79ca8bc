import type { Call } from '../call.ts';
import type { Script } from '../script.ts';
import { renderBraces, renderGlue } from '../templates/glue.ts';
import { joined, literal, type Parts } from '../templates/parts.ts';
import { renderText } from '../templates/render.ts';
import { renderSprintf } from '../templates/sprintf.ts';
import { stringValue } from '../templates/string.ts';
import type { ReadSink } from './sink.ts';

const LEVELS = ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal'];

/**
 * Loggers by the names of their functions. What stands in front of the message (level, time) and where it goes is the
 * logger's own setting; the streams are the usual ones.
 */
export const loggerSinks: Readonly<Record<string, ReadSink>> = {
  // logger: text with braces, to stderr
  ...family(
    LEVELS.map((level) => `log_${level}`),
    (script, call) => renderGlue(script, call, 0),
    'stderr',
  ),
  log_level: (script, { positional: [, ...rest], named, open }) =>
    line(renderGlue(script, { positional: rest, named, open }, 0), 'stderr'),
  // futile.logger and logging: sprintf, to stdout
  ...family(
    LEVELS.map((level) => `flog.${level}`),
    formatted,
    'stdout',
  ),
  ...family(['logdebug', 'loginfo', 'logwarn', 'logerror', 'logfinest'], formatted, 'stdout'),
  // ParallelLogger: all arguments in a row
  ...family(
    ['logTrace', 'logDebug', 'logInfo', 'logWarn', 'logError', 'logFatal'],
    (script, { positional }) => joined(...positional.map((value) => renderText(script, value))),
    'stdout',
  ),
  // cli and rlang: text with braces or without, to stderr
  ...family(
    ['cli_text', 'cli_inform', 'cli_alert', 'cli_alert_info', 'cli_alert_success', 'cli_bullets', 'cli_li'],
    (script, { positional: [text] }) => {
      const known = text && stringValue(script, text);
      return known === undefined ? text && renderText(script, text) : renderBraces(known);
    },
    'stderr',
  ),
  ...family(['inform'], (script, { positional: [text] }) => text && renderText(script, text), 'stderr'),
};

/** Methods of a logger object: `lg$info("loss=%f", loss)`, as lgr has them. */
export const methodSinks: Readonly<Record<string, ReadSink>> = family(LEVELS, formatted, 'stdout');

function family(
  names: readonly string[],
  render: (script: Script, call: Call) => Parts | undefined,
  stream: 'stdout' | 'stderr',
): Record<string, ReadSink> {
  const read: ReadSink = (script, call) => line(call.open ? undefined : render(script, call), stream);
  return Object.fromEntries(names.map((name) => [name, read]));
}

function line(parts: Parts | undefined, stream: 'stdout' | 'stderr') {
  return { kind: 'log' as const, stream, ...(parts ? { parts: joined(parts, literal('\n')) } : {}) };
}

function formatted(script: Script, { positional, named }: Call): Parts | undefined {
  const [only, ...others] = positional;
  if (only && others.length === 0) return renderText(script, only);
  return renderSprintf(script, named.get('msg'), positional, 0);
}
