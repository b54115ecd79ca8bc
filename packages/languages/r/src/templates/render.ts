import { isOpaque } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import type { Script } from '../script.ts';
import { rangeOf } from '../script.ts';
import { followName } from './follow.ts';
import { typeOf } from './hole-type.ts';
import { hole, joined, literal, type Parts } from './parts.ts';
import { renderString } from './string.ts';
import { renderCall } from './text-call.ts';

/** Text within text, and names followed to names, at most so deep. */
const DEEPEST = 12;

/** What `cat` or `paste` make of one value: its text where it is known, else a hole. */
export function renderText(script: Script, node: Node, depth = 0): Parts {
  if (depth > DEEPEST) return hole(script, node);
  switch (node.type) {
    case 'string':
      return renderString(script, node);
    case 'integer':
    case 'float':
      return renderNumber(script, node);
    case 'true':
      return literal('TRUE');
    case 'false':
      return literal('FALSE');
    case 'null':
      return [];
    case 'parenthesized_expression': {
      const body = node.childForFieldName('body');
      return body ? renderText(script, body, depth + 1) : hole(script, node);
    }
    case 'identifier': {
      const value = followName(script, node);
      const parts = value && renderText(script, value, depth + 1);
      return parts?.some((part) => part.kind === 'literal') ? parts : hole(script, node);
    }
    case 'call':
      return renderCall(script, node, depth + 1) ?? hole(script, node, typeOf(script, node));
    default:
      return hole(script, node, typeOf(script, node));
  }
}

/** A number that R writes as it stands, or a hole: `100000` prints as `1e+05`. */
function renderNumber(script: Script, node: Node): Parts {
  const { text } = node;
  const plain = /^(?:0|[1-9]\d{0,4}|(?:0|[1-9]\d{0,2})\.\d{0,3}[1-9])L?$/.test(text);
  if (!plain || isOpaque(script, rangeOf(node)) || /^0\.000/.test(text))
    return hole(script, node, typeOf(script, node));
  return literal(text.replace(/L$/, ''));
}

/**
 * What `print` makes of a value: text in quotes behind an index, numbers behind an index, anything else in a form of its
 * own.
 *
 *     [1] "loss=0.5"
 */
export function renderPrinted(script: Script, node: Node, quote: boolean): Parts {
  const value = (node.type === 'identifier' && followName(script, node)) || node;
  if (value.type !== 'string' && value.type !== 'call') {
    const simple = /^(?:integer|float|true|false)$/.test(value.type);
    const parts = renderText(script, node);
    return joined(simple ? literal('[1] ') : [], parts, literal('\n'));
  }
  const text = value.type === 'string' ? renderString(script, value) : renderCall(script, value, 1);
  if (!text) return joined(hole(script, node), literal('\n'));
  const quoted = text.map((part) =>
    part.kind === 'literal' && quote ? { ...part, text: escaped(part.text) } : part,
  );
  const mark = literal(quote ? '"' : '');
  return joined(literal('[1] '), mark, quoted, mark, literal('\n'));
}

function escaped(text: string): string {
  return text
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r');
}
