import type { ShellFunction } from '../walk/shell.ts';

/** The client's function in a shell text. */
export const clientName = '_katib_push';

/** The environment variable that holds the client's source. */
export const clientVariable = 'KATIB_PUSH_SHELL';

/** The function as the prelude defines it, before the client takes it over: it runs its words. */
export const passThrough = '{ "$@"; }';

/** The commands that bind the client's function, on one line. They leave the line's other commands as they are. */
export const preludeText = `${clientName}()${passThrough};command eval "\${${clientVariable}-}" 2>/dev/null||:;${clientName};`;

/** Whether a function is the client's. */
export function isClient({ body, layer }: ShellFunction): boolean {
  return layer.text.slice(body.pos, body.end) === passThrough;
}
