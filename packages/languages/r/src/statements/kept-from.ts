import type { Node } from 'web-tree-sitter';
import { functionName } from '../templates/text-call.ts';

/** Calls whose arguments are code that isn't run there, or whose output is taken. */
const TAKES: Readonly<Record<string, RegExp>> = {
  'capture.output': /./,
  quote: /./,
  bquote: /./,
  expression: /./,
  substitute: /./,
  suppressMessages: /^(?:message|packageStartupMessage|inform|cli_\w+)$/,
  suppressWarnings: /^warning$/,
};

/** Whether what a call writes is kept from the output by a call around it. */
export function keptFrom(call: Node, sink: string): boolean {
  for (let at = call.parent; at; at = at.parent) {
    if (at.type !== 'call') continue;
    const name = functionName(at);
    if (Object.hasOwn(TAKES, name) && TAKES[name]?.test(sink)) return true;
  }
  return false;
}
