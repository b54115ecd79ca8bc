import { readEscape } from '../expand/ansi-c.ts';
import { argument } from '../state/call.ts';
import { type Call, freshSymbol, setVariable } from '../state/shell.ts';
import { show } from '../state/write.ts';
import { closed } from '../values/encodings.ts';
import { knownText } from '../values/read-value.ts';
import { replaceTokens, type Token } from '../values/replace-tokens.ts';
import { addedValue, emptyValue, joinValues, makeValue, readOnlyValue, type Value } from '../values/value.ts';
import { escapeTokens } from './echo.ts';

const conversion = /%(?:%|[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+)?)?[a-zA-Z]|\([^)]*\)T)/g;

/**
 * `printf FORMAT ARGS…`; the format is used again until no argument is left.
 *
 *     printf '%s\n' 'import x' 'print(1)'      two lines, each argument a stretch of its own
 *     printf 'a\n%%\n'                         the format alone: `\n` and `%%` are escapes in it
 */
export function runPrintf(call: Call): void {
  let start = 1;
  let variable: string | undefined;
  if (argument(call, start) === '-v') {
    variable = argument(call, start + 1);
    start += 2;
  }
  if (argument(call, start) === '--') start++;
  const format = call.words[start];
  if (!format) return;
  const value = formatValue(format, call.words.slice(start + 1), call);
  if (variable !== undefined) setVariable(call.shell, variable, value ? [value] : []);
  else show(call, 'printf', value);
}

function formatValue(format: Value, args: readonly Value[], call: Call): Value | undefined {
  const tokens = formatTokens(format.text);
  const conversions = tokens.filter((token) => token.conversion !== undefined);
  if (conversions.length === 0)
    return replaceTokens(format, tokens, (text) => text.replace(/[\\%]/g, '$&$&'), 'printf');
  if (format.pieces.some((piece) => piece.kind === 'expansion')) return undefined;

  const parts: Value[] = [];
  let next = 0;
  do {
    let at = 0;
    for (const token of tokens) {
      parts.push(addedValue(format.text.slice(at, token.from)));
      at = token.to;
      if (token.conversion === undefined) parts.push(addedValue(token.text));
      else parts.push(convert(token.conversion, args[next++], call));
    }
    parts.push(addedValue(format.text.slice(at)));
  } while (next < args.length);
  const text = joinValues(parts.filter((part) => part.text !== ''));
  const adds = tokens.reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), format.text);
  return adds.trim() === '' ? text : readOnlyValue(text, 'printf adds text of its format');
}

interface FormatToken extends Token {
  /** Of a `%` conversion, all of it: `%-5s`. */
  readonly conversion?: string;
}

function formatTokens(text: string): readonly FormatToken[] {
  const tokens: FormatToken[] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] === '\\') {
      const octal = /^\\[0-7]{1,3}/.exec(text.slice(at, at + 4));
      const { end, value } = readEscape(text, at, text.length);
      tokens.push({ from: at, to: end, text: value });
      at = Math.max(end, at + (octal?.[0].length ?? 1));
    } else if (text[at] === '%') {
      conversion.lastIndex = at;
      const match = conversion.exec(text);
      const found = match?.index === at ? match[0] : undefined;
      const to = at + (found?.length ?? 1);
      if (found === '%%') tokens.push({ from: at, to, text: '%' });
      else if (found) tokens.push({ from: at, to, text: '', conversion: found });
      at = to;
    } else {
      const rest = text.slice(at).search(/[\\%]/);
      at = rest === -1 ? text.length : at + rest;
    }
  }
  return tokens;
}

/** One argument as a conversion writes it. */
function convert(conversion: string, arg: Value | undefined, call: Call): Value {
  if (conversion === '%s') return arg ?? emptyValue;
  if (conversion === '%b' && arg)
    return replaceTokens(
      arg,
      escapeTokens(arg.text, 'bash'),
      (text) => text.replaceAll('\\', '\\\\'),
      'printf %b',
    );
  const text = arg ? knownText(arg) : '';
  if (conversion === '%d' && text !== undefined && /^-?\d*$/.test(text))
    return addedValue(text === '' ? '0' : text);
  const [piece] = arg?.pieces ?? [];
  const { layer, from, to } =
    piece && piece.kind !== 'added' ? piece : { ...call.site, to: call.site.from + 1 };
  const type = /[diouxX]$/.test(conversion)
    ? 'integer'
    : /[eEfFgGaA]$/.test(conversion)
      ? 'number'
      : 'unknown';
  return makeValue([
    {
      kind: 'expansion',
      layer,
      from,
      to,
      encoding: closed,
      symbol: freshSymbol(call.shell),
      choices: [],
      type,
    },
  ]);
}
