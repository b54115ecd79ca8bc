import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { foldGutter, foldKeymap } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { TextKind } from '../engine/analysis.ts';
import { languageOf } from './languages.ts';
import { look } from './look.ts';
import { verdictMarks } from './marks.ts';

/** The editor on the left. */
export interface Editor {
  readonly view: EditorView;
  readonly setText: (text: string) => void;
  /** Highlights the text as what it is read as. */
  readonly setKind: (kind: TextKind) => void;
  /** Puts the cursor on a line (1-based) and the keyboard into the editor. */
  readonly goTo: (line: number) => void;
  /** Scrolls to a line, and leaves cursor and keyboard where they are. */
  readonly reveal: (line: number) => void;
}

/**
 * Makes the editor. Tab leaves it, as it does any other field.
 *
 * @param onChange gets the text after each change, and the one before
 */
export function createEditor(parent: HTMLElement, onChange: (text: string, before: string) => void): Editor {
  const language = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        lineNumbers(),
        verdictMarks,
        foldGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': 'Experiment or script', tabindex: '0' }),
        look,
        language.of([]),
        EditorView.updateListener.of(({ docChanged, state, startState }) => {
          if (docChanged) onChange(state.doc.toString(), startState.doc.toString());
        }),
      ],
    }),
  });
  const setKind = (kind: TextKind): void => {
    view.dispatch({ effects: language.reconfigure(languageOf(kind)) });
  };
  const startOf = (line: number): number => view.state.doc.line(Math.min(line, view.state.doc.lines)).from;
  return {
    view,
    setKind,
    setText(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, scrollIntoView: true });
    },
    reveal(line) {
      view.dispatch({ effects: EditorView.scrollIntoView(startOf(line), { y: 'center' }) });
    },
    goTo(line) {
      const from = startOf(line);
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
  };
}
