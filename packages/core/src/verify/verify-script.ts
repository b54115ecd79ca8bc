import type { Edit } from '../edits/edit.ts';
import { mapPositions, type PositionMap } from '../edits/position-map.ts';
import type { OutputStatement } from '../language/language.ts';
import type { Range } from '../layers/range.ts';
import type { ScriptPlan } from '../plan/plan-script.ts';
import type { TemplatePart } from '../templates/template.ts';

/**
 * Proves one script's rewrite on its own text: it still parses; its tree changes only from an edit on; and the same
 * statements are found in it, each at its shifted place with the same sink, wrapped where it was planned, and with the
 * same template where it was not. So a second rewrite would change nothing: the verdicts follow from those.
 *
 * @returns what is wrong; absent if all holds
 */
export function verifyScript(plan: ScriptPlan): string | undefined {
  const { document, changed, unproven } = plan.document.edit(plan.edits);
  try {
    if (document.problem) return `the rewritten script would not parse: ${document.problem.message}`;
    if (document.text !== plan.after)
      return 'the rewritten script would not be the old one with the edits spliced in';
    if (unproven) return unproven;
    const positions = mapPositions(plan.edits);
    const stretches = editedStretches(plan.edits, positions);
    const stray = changed.find(
      (range) => !stretches.some((one) => one.from <= range.from && range.from <= one.to),
    );
    if (stray) return `the rewrite would change the meaning of text at ${stray.from} that it does not touch`;
    return compareStatements(plan, document.statements(), positions);
  } finally {
    document.dispose();
  }
}

function compareStatements(
  before: ScriptPlan,
  after: readonly OutputStatement[],
  positions: PositionMap,
): string | undefined {
  if (before.statements.length !== after.length)
    return `the rewritten script would have ${after.length} output statements instead of ${before.statements.length}`;
  for (const [index, { statement, rewritten }] of before.statements.entries()) {
    const now = after[index];
    if (!now || !sameStatement(statement, now, positions) || now.wrapped !== (statement.wrapped || rewritten))
      return `the statement at ${statement.from} would not be the same after the rewrite`;
  }
  return undefined;
}

function sameStatement(before: OutputStatement, after: OutputStatement, positions: PositionMap): boolean {
  return (
    after.from >= before.from &&
    // what is inserted at its end belongs to it
    after.to === positions.behind(before.to) &&
    after.sink === before.sink &&
    after.use === before.use &&
    after.never === before.never &&
    (after.suppressed === undefined) === (before.suppressed === undefined) &&
    // What is wrapped isn't planned again, whatever it writes.
    (after.wrapped || sameParts(before.template?.().parts, after.template?.().parts))
  );
}

/** Literals must be equal; a hole's expression may hold a wrapped call. */
function sameParts(
  before: readonly TemplatePart[] | undefined,
  after: readonly TemplatePart[] | undefined,
): boolean {
  if (before === undefined || after === undefined) return before === after;
  return (
    before.length === after.length &&
    before.every((part, index) => {
      const other = after[index];
      if (part.kind === 'literal') return other?.kind === 'literal' && other.text === part.text;
      return other?.kind === 'hole' && other.type === part.type;
    })
  );
}

/**
 * The stretches of the new text that belong to one purpose: from the first edit with a reason to the last one with it.
 *
 *     _katib_push(print)(x)
 *     ^^^^^^^^^^^^^^^^^^ two insertions, one reason: the callee between them gets a new parent
 */
function editedStretches(edits: readonly Edit[], { inserted }: PositionMap): readonly Range[] {
  const stretches: { from: number; to: number }[] = [];
  let reason: string | undefined;
  for (const [index, { from, to }] of inserted.entries()) {
    const edit = edits[index] as Edit;
    const last = stretches.at(-1);
    if (last && reason === edit.reason) last.to = to;
    else stretches.push({ from, to });
    reason = edit.reason;
  }
  return stretches;
}
