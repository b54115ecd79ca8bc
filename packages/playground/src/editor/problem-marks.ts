import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { Problem } from 'katib-push/preview';

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
