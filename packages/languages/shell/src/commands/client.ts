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

/** Whether one of them stands at a position. */
export function isPreludeAt(text: string, at: number): boolean {
  return text.startsWith(preludeText, at) || text.startsWith(preludeTextWithin, at);
}

/** Whether a function is the client's. */
export function isClient({ body, layer }: ShellFunction): boolean {
  return layer.text.slice(body.pos, body.end) === passThrough;
}
