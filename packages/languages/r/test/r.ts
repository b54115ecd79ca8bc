import type { Language, SyntaxDocument, Template } from '@katib-push/core';
import { createR } from '@katib-push/r';

/** The language under test, made once for all files of a worker. */
export const r: Language = await createR();

/** Parses, asks and frees. */
export function withDocument<Answer>(text: string, ask: (document: SyntaxDocument) => Answer): Answer {
  const document = r.parse(text, { opaque: [] });
  try {
    return ask(document);
  } finally {
    document.dispose();
  }
}

/** Each statement in one line: `cat(x) [cat, stdout]`. */
export function showStatements(text: string): readonly string[] {
  return withDocument(text, (document) =>
    document.statements().map(({ from, to, sink, use, stream, suppressed }) => {
      const notes = [
        sink,
        ...(use === 'value' ? ['value'] : []),
        ...(stream ? [stream] : []),
        ...(suppressed ? [`suppressed: ${suppressed.reason}`] : []),
      ];
      return `${text.slice(from, to)} [${notes.join(', ')}]`;
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
