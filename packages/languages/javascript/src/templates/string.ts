import {
  concatenate,
  hole,
  holeNamed,
  isOpaque,
  literal,
  stretchesOf,
  type TemplatePart,
} from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { renderText } from './render.ts';

/** What a string literal holds; a stand-in in it is a hole. */
export function renderString(script: Script, string: Syntax): readonly TemplatePart[] {
  const value = string.word('value');
  if (!isOpaque(script, string)) return literal(value);
  return renderContent(script, string.from + 1, string.to - 1);
}

/** `` `loss=${loss}` `` */
export function renderTemplateLiteral(script: Script, template: Syntax): readonly TemplatePart[] {
  return concatenate(
    ...template.children.map((child) => {
      if (child.type !== 'TemplateElement') return renderText(script, child);
      if (isOpaque(script, child)) return renderContent(script, child.from, child.to);
      const { cooked } = child.node.value as { readonly cooked?: string };
      return cooked === undefined ? hole(script, child, 'string') : literal(cooked);
    }),
  );
}

/** The text between two positions of a body that holds stand-ins. Where it is escaped, its pieces are not read. */
function renderContent(script: Script, from: number, to: number): readonly TemplatePart[] {
  const piece = (start: number, end: number) => {
    const source = script.text.slice(start, end);
    return source.includes('\\') ? holeNamed('…', 'string') : literal(source.replace(/\r\n?/g, '\n'));
  };
  return concatenate(
    ...stretchesOf({ from, to }, script.opaque).map((stretch) =>
      stretch.isOpaque ? holeNamed('…') : piece(stretch.from, stretch.to),
    ),
  );
}
