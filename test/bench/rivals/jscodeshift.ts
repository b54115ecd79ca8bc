import { createRequire } from 'node:module';

const metric = /\b(accuracy|loss)\s*=/;

/** Wraps the callee of every print of a metric, without a prelude. */
export type Wrap = (text: string) => string;

/**
 * A transform of jscodeshift: `console.log(…)` becomes `_katib_push(console).log(…)`, and `info` and `error` alike, where
 * a literal of its arguments holds a wanted name and `=`. Undefined where jscodeshift is not installed.
 */
export function loadJscodeshift(): Wrap | undefined {
  const require = createRequire(import.meta.url);
  let shift: Jscodeshift;
  try {
    shift = require('jscodeshift');
  } catch {
    return undefined;
  }
  return (text) => {
    const file = shift(text);
    const calls = file.find(shift.CallExpression, {
      callee: { type: 'MemberExpression', object: { type: 'Identifier', name: 'console' } },
    });
    for (const call of calls.paths()) {
      const { callee } = call.node;
      const texts = [
        ...shift(call)
          .find(shift.Literal)
          .nodes()
          .map(({ value }) => String(value)),
        ...shift(call)
          .find(shift.TemplateElement)
          .nodes()
          .map(({ value }) => value.raw),
      ];
      if (['log', 'info', 'error'].includes(callee.property.name) && texts.some((one) => metric.test(one)))
        callee.object = shift.callExpression(shift.identifier('_katib_push'), [callee.object]);
    }
    return file.toSource();
  };
}

/** What is used of jscodeshift, which brings no types. */
interface Jscodeshift {
  (source: unknown): Found<unknown>;
  readonly CallExpression: Kind<{ callee: { object: unknown; property: { name: string } } }>;
  readonly Literal: Kind<{ readonly value: unknown }>;
  readonly TemplateElement: Kind<{ readonly value: { readonly raw: string } }>;
  identifier(name: string): unknown;
  callExpression(callee: unknown, given: readonly unknown[]): unknown;
}
interface Kind<Node> {
  readonly node?: Node;
}
interface Found<Node> {
  find<Inner>(kind: Kind<Inner>, shape?: object): Found<Inner>;
  paths(): readonly { readonly node: Node }[];
  nodes(): readonly Node[];
  toSource(): string;
}
