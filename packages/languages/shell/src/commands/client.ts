import type { ShellFunction } from '../walk/shell.ts';

/** The client's function in a shell text. */
export const clientName = '_katib_push';

/** The environment variable that holds the client's source. */
export const clientVariable = 'KATIB_PUSH_SHELL';

/** The function as the prelude defines it, before the client takes it over: it runs its words. */
export const passThrough = '{ "$@"; }';

const bind = `${clientName}()${passThrough};command eval "\${${clientVariable}-}" 2>/dev/null||:;`;

/** The commands that bind the client's function, on one line. They leave the line's other commands as they are. */
export const preludeText = `${bind}${clientName};`;

/** The same for a shell in which the client may have been bound: it has looked for an interpreter then. */
export const preludeTextWithin = `${bind}case \${KATIB_PUSH_WITH-no} in no)${clientName};;esac;`;

/** The same for a text whose first command reads the status of what ran before. `set -e` leaves a list that goes on. */
export const preludeTextKeeping = `KATIB_PUSH_STATUS=$?;${preludeTextWithin}(exit "$KATIB_PUSH_STATUS")&&:;`;

/** How many commands one of them that stands at a position is; 0 if none stands there. */
export function preludeAt(text: string, at: number): number {
  if (text.startsWith(preludeText, at) || text.startsWith(preludeTextWithin, at)) return 3;
  return text.startsWith(preludeTextKeeping, at) ? 5 : 0;
}

/** Whether a function is the client's. */
export function isClient({ body, layer }: ShellFunction): boolean {
  return layer.text.slice(body.pos, body.end) === passThrough;
}
