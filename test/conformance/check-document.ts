import { isDeepStrictEqual } from 'node:util';
import type { Language, OutputStatement, Range, SyntaxDocument, TemplatePart } from '@katib-push/core';
import { plainStatements } from '../languages/questions.ts';

/** What is wrong with the document that a language makes of a text; also what it throws. Frees the document. */
export function checkDocument(
  language: Language,
  text: string,
  opaque: readonly Range[] = [],
): readonly string[] {
  const faults: string[] = [];
  let document: SyntaxDocument | undefined;
  try {
    document = language.parse(text, { opaque });
    faults.push(...readDocument(document, text, opaque));
    if (language.client && !document.problem) faults.push(...checkEdits(document));
  } catch (error) {
    faults.push(`it throws: ${error instanceof Error ? error.message : error}`);
  }
  try {
    document?.dispose();
    document?.dispose();
  } catch (error) {
    faults.push(`dispose() throws: ${error instanceof Error ? error.message : error}`);
  }
  return faults;
}

function readDocument(document: SyntaxDocument, text: string, opaque: readonly Range[]): readonly string[] {
  const faults: string[] = [];
  const within = (range: Range, what: string, outer: Range = { from: 0, to: text.length }) => {
    if (!(outer.from <= range.from && range.from <= range.to && range.to <= outer.to))
      faults.push(`${what}: ${range.from}–${range.to} does not lie within ${outer.from}–${outer.to}`);
  };
  if (document.text !== text) faults.push('document.text is not the text that was given');
  const statements = document.statements();
  const { problem } = document;
  if (problem) {
    within(problem.range, 'problem');
    if (statements.length > 0) faults.push('a text with a problem has statements');
  }
  let last = 0;
  for (const statement of statements) {
    const { from, callee, sink, suppressed } = statement;
    const what = `${sink} at ${from}`;
    within(statement, what);
    within(callee, `the callee of ${what}`, statement);
    if (from < last) faults.push(`${what} comes before the statement in front of it`);
    last = from;
    if (suppressed) within(suppressed.range, `the comment of ${what}`);
    faults.push(...checkTemplate(statement, opaque.length > 0, what));
  }
  if (!isDeepStrictEqual(plainStatements(document), plainStatements(document)))
    faults.push('statements() gives another answer when asked again');
  for (const range of document.unusedSuppressions()) within(range, 'an unused suppression');
  for (const output of document.unreadable()) within(output, `unreadable ${output.sink}`);
  const itself = document.reportsItself();
  if (itself) within(itself, 'reportsItself');
  for (const path of document.modules())
    if (path === '' || path.startsWith('/') || path.includes('\\'))
      faults.push(`modules: ${JSON.stringify(path)} is not a path relative to the text's folder`);
  return faults;
}

function checkTemplate({ template }: OutputStatement, filledIn: boolean, what: string): readonly string[] {
  const faults: string[] = [];
  let before: TemplatePart | undefined;
  for (const part of template?.().parts ?? []) {
    if (part.kind === 'literal') {
      if (part.text === '') faults.push(`${what}: an empty literal in the template`);
      if (before?.kind === 'literal') faults.push(`${what}: two literals in a row in the template`);
      if (filledIn && /_{8}/.test(part.text))
        faults.push(`${what}: a stand-in is taken for text; what lies in \`opaque\` is a hole`);
    } else if (part.expression === '') faults.push(`${what}: a hole without an expression`);
    before = part;
  }
  return faults;
}

/** Edits are insertions, within what they are said to wrap. */
function checkEdits(document: SyntaxDocument): readonly string[] {
  const faults: string[] = [];
  const targets = document.statements().filter((one) => !one.never && !one.cannot && !one.wrapped);
  const clientName = document.freeName();
  if (targets.length > 0 && !document.statements().some(({ wrapped }) => wrapped))
    if (document.text.includes(clientName)) faults.push(`freeName: ${clientName} is taken`);
  for (const target of targets) {
    const edits = document.wrap(target, clientName);
    if (edits.length === 0)
      faults.push(`${target.sink} at ${target.from} can't be wrapped, and nothing says why`);
    for (const { from, to, insert, reason } of edits) {
      if (from !== to) faults.push(`wrap: ${target.sink} at ${target.from} is replaced, not wrapped`);
      if (from < target.from || to > target.to)
        faults.push(`wrap: an edit at ${from} lies outside the statement`);
      if (insert === '' || reason === '') faults.push('wrap: an edit without text or reason');
    }
  }
  const firstUse = targets[0]?.from ?? 0;
  const prelude = document.prelude({ clientName, firstUse, delivery: { kind: 'env' } });
  if ('impossible' in prelude) {
    if (prelude.impossible === '') faults.push('prelude: impossible without a reason');
  } else if (prelude.edit.from !== prelude.edit.to) faults.push('prelude: replaces text');
  return faults;
}
