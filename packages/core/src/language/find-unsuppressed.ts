import type { Range } from '../layers/range.ts';
import type { Escape, NearMiss, OutputStatement, SyntaxDocument, UnreadableOutput } from './language.ts';
import { once } from './once.ts';
import type { Suppressions } from './suppressions.ts';

/** What a language finds in a text. Each is asked for at most once. */
export interface Findings {
  /** Takes the comments that statements use; what a comment asks to leave alone stays among them. */
  statements(suppressions: Suppressions): readonly OutputStatement[];
  unreadable?(): readonly UnreadableOutput[];
  escapes?(): readonly Escape[];
  nearMisses?(): readonly NearMiss[];
}

/** The part of a document that comments (`katib-push: ignore <reason>`) have a say in. */
export function findUnsuppressed(
  collect: () => Suppressions,
  find: Findings,
): Pick<SyntaxDocument, 'statements' | 'unreadable' | 'unusedSuppressions'> &
  Required<Pick<SyntaxDocument, 'nearMisses' | 'escapes'>> {
  const suppressions = once(collect);
  const isOpen = (range: Range): boolean => suppressions().take(range) === undefined;
  const statements = once(() => find.statements(suppressions()));
  const unreadable = once(() => (find.unreadable?.() ?? []).filter(isOpen));
  const escapes = once(() => (find.escapes?.() ?? []).filter(isOpen));
  const nearMisses = once(() => (find.nearMisses?.() ?? []).filter(isOpen));
  return {
    statements,
    unreadable,
    escapes,
    nearMisses,
    unusedSuppressions: once(() => {
      for (const ask of [statements, unreadable, escapes, nearMisses])
        if (suppressions().unused().length > 0) ask();
      return suppressions().unused();
    }),
  };
}
