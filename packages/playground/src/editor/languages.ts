import { javascript } from '@codemirror/lang-javascript';
import { python } from '@codemirror/lang-python';
import { yaml } from '@codemirror/lang-yaml';
import { StreamLanguage } from '@codemirror/language';
import { r } from '@codemirror/legacy-modes/mode/r';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import type { Extension } from '@codemirror/state';
import type { TextKind } from '../engine/analysis.ts';

/** How each kind of text is highlighted. */
const highlighting = {
  experiment: yaml,
  python,
  javascript: () => javascript(),
  typescript: () => javascript({ typescript: true }),
  shell: () => StreamLanguage.define(shell),
  r: () => StreamLanguage.define(r),
} as const satisfies Record<TextKind, () => Extension>;

/** Highlighting of a kind of text. A script's report names its language alike. */
export function languageOf(kind: string): Extension {
  return Object.hasOwn(highlighting, kind) ? highlighting[kind as TextKind]() : [];
}
