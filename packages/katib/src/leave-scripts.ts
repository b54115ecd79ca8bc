import type { ScriptReport } from '@katib-push/core';

/** The reports of scripts that were read, and then left as they are. */
export function leaveScripts(scripts: readonly ScriptReport[]): readonly ScriptReport[] {
  return scripts.map((script) => ({
    ...script,
    after: script.before,
    statements: script.statements.map((statement) => ({ ...statement, rewritten: false })),
  }));
}
