import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { type Extension, type Range, RangeSet, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutter } from '@codemirror/view';
import type { Problem } from 'katib-push/preview';
import type { PlacedStatement, Subject } from '../engine/analysis.ts';

const place = StateEffect.define<readonly PlacedStatement[]>();

/** A sign in front of a line with output statements, and the verdict in words under the pointer. */
class VerdictMarker extends GutterMarker {
  readonly statements: readonly PlacedStatement[];
  constructor(statements: readonly PlacedStatement[]) {
    super();
    this.statements = statements;
  }
  override eq(other: VerdictMarker): boolean {
    return describe(this.statements) === describe(other.statements);
  }
  override toDOM(): Node {
    const [first] = this.statements;
    const dot = document.createElement('span');
    dot.className = `dot ${first?.verdict ?? ''} ${first?.reached ? 'reached' : ''}`;
    dot.title = describe(this.statements);
    return dot;
  }
}

function describe(statements: readonly PlacedStatement[]): string {
  return statements.map(({ verdict, reason }) => `${verdict}: ${reason}`).join('\n');
}

const marks = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(before, transaction) {
    let set = before.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(place)) continue;
      const found: Range<GutterMarker>[] = [];
      for (const [at, statements] of Map.groupBy(effect.value, ({ at }) => at)) {
        if (at === undefined || at > transaction.state.doc.lines) continue;
        found.push(new VerdictMarker(statements).range(transaction.state.doc.line(at).from));
      }
      set = RangeSet.of(found, true);
    }
    return set;
  },
});

const lines = EditorView.decorations.compute([marks], (state) => {
  const found: Range<Decoration>[] = [];
  state.field(marks).between(0, state.doc.length, (from, _, marker) => {
    const first = (marker as VerdictMarker).statements[0];
    if (first?.reached) found.push(Decoration.line({ class: `verdict-line ${first.verdict}` }).range(from));
  });
  return Decoration.set(found, true);
});

/** The gutter of the verdicts, and a tint of the lines whose output is pushed. */
export const verdictMarks: Extension = [
  marks,
  lines,
  gutter({
    class: 'verdict-gutter',
    markers: (view) => view.state.field(marks),
    initialSpacer: () => new VerdictMarker([]),
  }),
];

/** Shows the verdicts of the subjects at their lines. */
export function showVerdicts(view: EditorView, subjects: readonly Subject[]): void {
  const statements = subjects.flatMap(({ scripts }) => scripts.flatMap((script) => script.statements));
  view.dispatch({ effects: place.of(statements) });
}

/** Underlines problems at their places; F8 goes from one to the next. Infos are left to the list. */
export function showProblems(view: EditorView, problems: readonly Problem[]): void {
  const { doc } = view.state;
  const found = problems.flatMap(({ place, severity, message, hint }): readonly Diagnostic[] => {
    if (!place || severity === 'info' || place.line > doc.lines) return [];
    const line = doc.line(place.line);
    const from = Math.min(line.from + place.column - 1, line.to);
    return [{ from, to: line.to, severity, message: `${message} ${hint}` }];
  });
  view.dispatch(setDiagnostics(view.state, found));
}
