import { type Edit, type Language, splice } from '@katib-push/core';
import { type RewrittenText, rewriteText, type Wanted } from './rewrite-text.ts';

/** Why a wanted statement of a text that stands for itself may stay as it is. */
const REASONS: readonly string[] = ['no-client', 'not-rewritable', 'no-place-for-prelude', 'read-only'];

/** What is wrong with the rewrite of a text, whatever it comes to; also what it throws. */
export function checkRewrite(language: Language, text: string, wanted: Wanted): readonly string[] {
  let result: RewrittenText;
  try {
    result = rewriteText(language, text, wanted);
  } catch (error) {
    return [`the rewrite throws: ${error instanceof Error ? error.message : error}`];
  }
  const { after, rewritten, script } = result;
  const faults = rewritten.report.diagnostics
    .filter(({ code }) => code === 'verification-failed')
    .map(({ message }) => message);
  const edits = rewritten.scripts.flatMap((plan) => plan.edits);
  if (edits.some(({ from, to }) => from !== to)) faults.push('an edit replaces or removes text');
  if (script.after !== splice(script.before, edits))
    faults.push('the text is not the old one with the edits in it');
  if (withoutEdits(script.after, edits) !== script.before) faults.push('bytes outside of the edits changed');
  if (!language.client && after !== text) faults.push('there is no client, and the text changed');
  const stays = script.statements.some(
    ({ verdict, rewritten: done }) => !done && (verdict === 'metric' || verdict === 'dynamic'),
  );
  if (stays && !rewritten.report.diagnostics.some(({ code }) => REASONS.includes(code)))
    faults.push('a wanted statement stays as it is, and no diagnostic says why');
  if (after === text) return faults;
  const again = rewriteText(language, after, wanted);
  if (again.after !== after) faults.push('a second rewrite changes the text again');
  return faults;
}

function withoutEdits(after: string, edits: readonly Edit[]): string {
  let text = after;
  for (const { from, insert } of edits.toReversed().map((edit, index, all) => shifted(edit, index, all)))
    text = text.slice(0, from) + text.slice(from + insert.length);
  return text;
}

/** An edit's place in the new text: behind all that is inserted in front of it. `all` is from last to first. */
function shifted(edit: Edit, index: number, all: readonly Edit[]): Edit {
  const before = all.slice(index + 1).reduce((sum, { insert }) => sum + insert.length, 0);
  return { ...edit, from: edit.from + before };
}
