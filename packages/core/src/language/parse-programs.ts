import type { Language, Program, SyntaxDocument, TextProgram } from './language.ts';

/** A program that was parsed. */
export interface Script {
  readonly program: TextProgram;
  /** To be disposed by whoever had it parsed. */
  readonly document: SyntaxDocument;
  /** The program's name in the report, unique there: `train.py`, `train.py (2)`. */
  readonly name: string;
}

/**
 * Parses the programs whose texts are at hand.
 *
 * @param languages what the texts may run; absent: each its own language
 */
export function parsePrograms(
  programs: readonly Program[],
  languages?: readonly Language[],
): readonly Script[] {
  const seen = new Map<string, number>();
  return programs
    .filter((program) => program.kind === 'text')
    .map((program) => {
      const { interpreter, layer, language, name, role } = program;
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      const document = language.parse(layer.text, {
        opaque: layer.opaque,
        name,
        role,
        ...(interpreter ? { interpreter } : {}),
        ...(languages ? { languages } : {}),
      });
      return { program, document, name: count === 1 ? name : `${name} (${count})` };
    });
}
