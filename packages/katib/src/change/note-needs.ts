import { type Diagnostic, diagnose, type Rewritten } from '@katib-push/core';

/** What the image must hold for the clients of the scripts whose edited statements may write a wanted metric. */
export function notesOnNeeds({ scripts }: Rewritten): readonly Diagnostic[] {
  const needs = new Map<string, string>();
  for (const { edits, program, statements } of scripts) {
    const { client, name } = program.language;
    const writes = statements.some(({ rewritten, judgement }) => rewritten && judgement.mayWrite.length > 0);
    if (client?.needs && edits.length > 0 && writes) needs.set(name, client.needs);
  }
  return [...needs].map(([language, what]) =>
    diagnose('image-needs', `What ${language} text prints is pushed only if the image has ${what}.`),
  );
}
