import type { TemplatePart } from '@katib-push/core';
import type { Call } from '../statements/sink.ts';
import { type Script, withoutParentheses } from '../syntax/script.ts';
import { fillFormat } from './format-method.ts';
import { holeNamed } from './parts.ts';
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
  if (!first) return format;
  const mapping = withoutParentheses(first);
  const given =
    mapping.type === 'dictionary' && others.length === 0 ? fromDictionary(script, mapping) : fromList(values);
  return fillPercent(script, format, given);
}

/** loguru fills in its arguments with `str.format`, if there are any. */
export function renderLoguru(script: Script, call: Call, level: boolean): readonly TemplatePart[] {
  const { message, values } = messageOf(call, level);
  if (!message) return holeNamed('…');
  const format = renderText(script, message);
  if (values.length === 0 && call.keywords.size === 0 && !call.openKeywords) return format;
  return fillFormat(script, format, { ...call, positional: values });
}

function messageOf({ positional, keywords }: Call, level: boolean) {
  const [message, ...values] = level ? positional.slice(1) : positional;
  return { message: message ?? keywords.get('msg') ?? keywords.get('message'), values };
}
