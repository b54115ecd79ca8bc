import type { Edit, Language, OutputStatement, Range, SyntaxDocument, Template } from '@katib-push/core';
import { createPython } from '@katib-push/python';

/** The language under test, made once for all files of a worker. */
export const python: Language = await createPython();

/** Parses, asks and frees. */
export function withDocument<Answer>(
  text: string,
  ask: (document: SyntaxDocument) => Answer,
  opaque: readonly Range[] = [],
): Answer {
  const document = python.parse(text, { opaque });
  try {
    return ask(document);
  } finally {
    document.dispose();
  }
}

/** A statement in one line: `print(x) [print]`, with `value`, `wrapped` and why it stays where that applies. */
export function showStatements(text: string): readonly string[] {
  return withDocument(text, (document) =>
    document.statements().map((statement) => {
      const { from, to, sink, use, wrapped, never, cannot, suppressed } = statement;
      const notes = [
        ...(use === 'value' ? ['value'] : []),
        ...(wrapped ? ['wrapped'] : []),
        ...(never ? [`never: ${never}`] : []),
        ...(cannot ? [`cannot: ${cannot}`] : []),
        ...(suppressed ? [`suppressed: ${suppressed.reason}`] : []),
      ];
      return `${text.slice(from, to)} [${[sink, ...notes].join(', ')}]`;
    }),
  );
}

/** A template as text: `loss=‹loss:number›`. */
export function showTemplate(template: Template | undefined): string {
  if (!template) return '(none)';
  return template.parts
    .map((part) => (part.kind === 'literal' ? part.text : `‹${part.expression}:${part.type}›`))
    .join('');
}

/** The template of the last output statement of a text. */
export function lastTemplate(text: string, opaque: readonly Range[] = []): Template | undefined {
  return withDocument(text, (document) => document.statements().at(-1)?.template, opaque);
}

function mayBeWrapped(statement: OutputStatement): boolean {
  return !statement.never && !statement.cannot && !statement.suppressed && !statement.wrapped;
}

/** The edits of a whole rewrite; without the prelude if `delivery` is absent. Empty if there is nothing to wrap. */
export function editsOf(document: SyntaxDocument, delivery?: 'env' | 'image'): readonly Edit[] {
  const statements = document.statements().filter(mayBeWrapped);
  const [first] = statements;
  const everyLine = document.escapes?.().length ? true : undefined;
  if (!first && !everyLine) return [];
  const name = document.freeName();
  const wraps = statements.flatMap((statement) => document.wrap(statement, name));
  if (!delivery) return wraps;
  const prelude = document.prelude({
    clientName: name,
    firstUse: everyLine ? 0 : (first?.callee.from ?? 0),
    delivery: { kind: delivery },
    ...(everyLine ? { everyLine } : {}),
  });
  if ('impossible' in prelude) throw new Error(prelude.impossible);
  return [prelude.edit, ...wraps];
}

/** The text after a whole rewrite. */
export function rewrite(text: string, delivery?: 'env' | 'image'): string {
  return withDocument(text, (document) => {
    const { document: next } = document.edit(editsOf(document, delivery));
    next.dispose();
    return next.text;
  });
}
