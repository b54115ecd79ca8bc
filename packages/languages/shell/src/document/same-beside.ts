import type { ParsedScript } from 'unbash';
import { clientName, preludeAt } from '../commands/client.ts';

/**
 * Whether a rewrite adds the client's function and its calls to the tree and changes nothing else. Both trees are
 * compared without positions, the client's commands taken out of the new one.
 */
export function isSameBeside(before: ParsedScript, after: ParsedScript, edited: string): boolean {
  const [first] = after.commands;
  const had = before.commands[0] && isPrelude(before, before.commands[0].pos);
  const bound = first === undefined || had ? 0 : preludeAt(edited, first.pos);
  const rest = { ...after, commands: after.commands.slice(bound) };
  return shapeOf(before) === shapeOf(rest);
}

function isPrelude(script: ParsedScript, at: number): boolean {
  const first = script.commands[0];
  return first !== undefined && first.pos === at && JSON.stringify(first).includes(`"${clientName}"`);
}

/** Everything but where it stands. What holds other commands is compared by those, not by its source. */
function shapeOf(script: ParsedScript): string {
  return JSON.stringify(script, (key, value) => {
    if (positions.has(key)) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const node = unwrapped(value);
    if (!holdsCommands(node)) return node;
    const { text: _, value: __, ...rest } = node;
    return rest;
  });
}

const positions = new Set(['pos', 'end', 'parameterPos', 'parameterEnd', 'operatorEnd', 'keywordEnd']);

type Node = Record<string, unknown>;

/** A command called through the client, as it was. */
function unwrapped(node: Node): Node {
  const name = node.name as { text?: string } | undefined;
  const [first, ...suffix] = (node.suffix ?? []) as readonly Node[];
  if (node.type !== 'Command' || name?.text !== clientName || first?.type !== 'Word') return node;
  return { ...node, name: first, suffix };
}

function holdsCommands(node: Node): boolean {
  if (Array.isArray(node.parts)) return node.parts.length > 0;
  return node.script !== undefined;
}
