import { concatenate, holeNamed, literal, type TemplatePart } from '@katib-push/core';
import type { Call } from '../names/call.ts';
import { type Script, withoutParentheses } from '../syntax/script.ts';
import { fillFormat } from './format-method.ts';
import { fillPercent, fromDictionary, fromList } from './percent.ts';
import { renderText } from './render.ts';

/**
 * The message of a log record; what a formatter writes around it isn't known here.
 *
 *     logger.info("loss=%f", loss)        arguments are filled in with %, if there are any
 *     logger.log(logging.INFO, "…")       the level comes first
 *
 * @param level whether the first argument is the level
 */
export function renderMessage(script: Script, call: Call, level: boolean): readonly TemplatePart[] {
  const { message, values } = messageOf(call, level);
  if (!message) return holeNamed('…');
  const format = renderText(script, message);
  const [first, ...others] = values;
  const pairs = renderPairs(script, call);
  if (!first) return concatenate(format, pairs, END);
  const mapping = withoutParentheses(first);
  const given =
    mapping.type === 'dictionary' && others.length === 0 ? fromDictionary(script, mapping) : fromList(values);
  return concatenate(fillPercent(script, format, given), pairs, END);
}

/** Handlers end every record's line. */
const END = literal('\n');

/** Keywords that are options: of logging, of accelerate's loggers. */
const OPTIONS =
  /^(?:msg|message|event|level|exc_info|extra|stack_info|stacklevel|main_process_only|in_order)$/;

/** structlog writes its keywords behind the message: `log.info("epoch", loss=l)` → `epoch loss=…`. */
function renderPairs(script: Script, { keywords }: Call): readonly TemplatePart[] {
  const pairs = [...keywords].filter(([name]) => !OPTIONS.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return concatenate(
    ...pairs.map(([name, value]) => concatenate(literal(` ${name}=`), renderText(script, value))),
  );
}

/** loguru fills in its arguments with `str.format`, if there are any. */
export function renderLoguru(script: Script, call: Call, level: boolean): readonly TemplatePart[] {
  const { message, values } = messageOf(call, level);
  if (!message) return holeNamed('…');
  const format = renderText(script, message);
  if (values.length === 0 && call.keywords.size === 0 && !call.openKeywords) return concatenate(format, END);
  return concatenate(fillFormat(script, format, { ...call, positional: values }), END);
}

function messageOf({ positional, keywords }: Call, level: boolean) {
  const [message, ...values] = level ? positional.slice(1) : positional;
  return {
    message: message ?? keywords.get('msg') ?? keywords.get('message') ?? keywords.get('event'),
    values,
  };
}
