import { type Diagnostic, diagnose, type Rewritten } from '@katib-push/core';

/** What the image must hold for the clients of the scripts that were edited. */
export function notesOnNeeds({ scripts }: Rewritten): readonly Diagnostic[] {
  const needs = new Map<string, string>();
  for (const { edits, program } of scripts)
    if (edits.length > 0 && program.language.client?.needs)
      needs.set(program.language.name, program.language.client.needs);
  return [...needs].map(([language, what]) =>
    diagnose('image-needs', `What ${language} text prints is pushed only if the image has ${what}.`),
  );
}
