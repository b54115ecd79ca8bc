import { defaultKeymap } from '@codemirror/commands';
import { codeFolding, foldEffect, foldGutter } from '@codemirror/language';
import { unifiedMergeView } from '@codemirror/merge';
import { searchKeymap } from '@codemirror/search';
import { EditorState, type StateEffect } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { languageOf } from './languages.ts';
import { findLineChanges } from './line-changes.ts';
import { look } from './look.ts';

/** More lines that are added in one stretch than this are folded: the client is long, and always the same. */
const longest = 24;

/** A text after its change, with the text before shown in it. Can be read and searched, not edited. */
export function createDiff(
  parent: HTMLElement,
  label: string,
  before: string,
  after: string,
  language: string,
): EditorView {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: after,
      extensions: [
        lineNumbers(),
        codeFolding(),
        foldGutter(),
        keymap.of([...defaultKeymap, ...searchKeymap]),
        EditorState.readOnly.of(true),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        unifiedMergeView({
          original: before,
          mergeControls: false,
          collapseUnchanged: { margin: 3, minSize: 6 },
          diffConfig: { override: findLineChanges },
        }),
        look,
        languageOf(language),
      ],
    }),
  });
  const folds = longBlocks(view.state);
  if (folds.length > 0) view.dispatch({ effects: folds });
  return view;
}

/** The insides of long blocks of text that hold a client: lines that are deeper than the one before them. */
function longBlocks(state: EditorState): readonly StateEffect<unknown>[] {
  const { doc } = state;
  const folds: StateEffect<unknown>[] = [];
  for (let number = 1; number < doc.lines; number++) {
    const head = doc.line(number);
    if (!/value: [|>][-+\d]*$/.test(head.text)) continue;
    const depth = head.text.search(/\S/);
    let last = number;
    while (
      last < doc.lines &&
      (doc.line(last + 1).text.trim() === '' || indentOf(doc.line(last + 1).text) > depth)
    )
      last++;
    if (last - number > longest) folds.push(foldEffect.of({ from: head.to, to: doc.line(last).to }));
    number = last;
  }
  return folds;
}

function indentOf(text: string): number {
  return text.search(/\S/);
}
