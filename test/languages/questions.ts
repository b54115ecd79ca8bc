import type { Edit, Language, OutputStatement, Range, SyntaxDocument, Template } from '@katib-push/core';

/** What tests ask of texts in one language. Each parses, asks and frees. */
export interface Questions {
  withDocument<Answer>(
    text: string,
    ask: (document: SyntaxDocument) => Answer,
    opaque?: readonly Range[],
  ): Answer;
  /** Each statement in one line: `print(x) [print]`, with `value`, `wrapped` and why it stays where that applies. */
  showStatements(text: string): readonly string[];
  /** The template of the last output statement. */
  lastTemplate(text: string, opaque?: readonly Range[]): Template | undefined;
  /** The text after a whole rewrite; without the prelude if `delivery` is absent. */
  rewrite(text: string, delivery?: 'env' | 'image'): string;
}

export interface QuestionOptions {
  /** Whether statements are shown with the stream that they write to. Default false. */
  readonly streams?: boolean;
}

export function questionsTo(language: Language, { streams = false }: QuestionOptions = {}): Questions {
  const withDocument: Questions['withDocument'] = (text, ask, opaque = []) => {
    const document = language.parse(text, { opaque });
    try {
      return ask(document);
    } finally {
      document.dispose();
    }
  };
  return {
    withDocument,
    showStatements: (text) =>
      withDocument(text, (document) => {
        if (document.problem) throw new Error(document.problem.message);
        return document.statements().map((statement) => {
          const { from, to, sink, use, stream, wrapped, never, cannot, suppressed } = statement;
          const notes = [
            ...(use === 'value' ? ['value'] : []),
            ...(streams && stream ? [stream] : []),
            ...(wrapped ? ['wrapped'] : []),
            ...(never ? [`never: ${never}`] : []),
            ...(cannot ? [`cannot: ${cannot}`] : []),
            ...(suppressed ? [`suppressed: ${suppressed.reason}`] : []),
          ];
          return `${text.slice(from, to)} [${[sink, ...notes].join(', ')}]`;
        });
      }),
    lastTemplate: (text, opaque) =>
      withDocument(text, (document) => document.statements().at(-1)?.template?.(), opaque),
    rewrite: (text, delivery) =>
      withDocument(text, (document) => {
        const { document: next } = document.edit(editsOf(document, delivery));
        try {
          if (next.problem && !document.problem) throw new Error(`${next.problem.message}\n${next.text}`);
          return next.text;
        } finally {
          next.dispose();
        }
      }),
  };
}

/** The statements of a document, with the answers of what is asked of them. */
export function plainStatements(document: SyntaxDocument): readonly unknown[] {
  return document.statements().map(({ template, hidden, doubtful, ...statement }) => ({
    ...statement,
    template: template?.(),
    hidden: hidden?.(),
    doubtful: doubtful?.(),
  }));
}

/** A template as text: `loss=‹loss:number›`. */
export function showTemplate(template: Template | undefined): string {
  if (!template) return '(none)';
  return template.parts
    .map((part) => (part.kind === 'literal' ? part.text : `‹${part.expression}:${part.type}›`))
    .join('');
}

function mayBeWrapped(statement: OutputStatement): boolean {
  return !statement.never && !statement.cannot && !statement.suppressed && !statement.wrapped;
}

/** The edits of a whole rewrite; without the prelude if `delivery` is absent. Empty if there is nothing to wrap. */
export function editsOf(document: SyntaxDocument, delivery?: 'env' | 'image'): readonly Edit[] {
  const statements = document.statements().filter(mayBeWrapped);
  const [first] = statements;
  const isAsked = document.text.includes('everyLine:true');
  const everyLine = !isAsked && document.escapes?.().length ? true : undefined;
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
