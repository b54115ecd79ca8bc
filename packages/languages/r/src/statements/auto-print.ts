import type { OutputStatement } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import { pipeInto } from '../call.ts';
import type { Script } from '../script.ts';
import { functionName } from '../templates/text-call.ts';
import { autoPrinted } from './console.ts';
import { describe } from './sink.ts';

/** Functions that give a value back to be seen; of others it isn't known. */
const SHOWN =
  /^(?:paste0?|sprintf|gettextf|glue|str_glue|str_c|format|formatC|toString|round|signif|c|mean|sum|min|max|sqrt)$/;
const VALUES: ReadonlySet<string> = new Set([
  'identifier',
  'string',
  'integer',
  'float',
  'subset',
  'subset2',
  'extract_operator',
]);

/**
 * Values at the top level, which R prints by itself:
 *
 *     paste0("loss=", loss)         [1] "loss=0.5"
 */
export function findAutoPrinted(script: Script): readonly OutputStatement[] {
  return script.root.namedChildren
    .filter(isShown)
    .map((node) => describe('auto-print', node, node, 'call', autoPrinted(script, node)));
}

function isShown(node: Node): boolean {
  if (VALUES.has(node.type)) return true;
  const call = node.type === 'binary_operator' ? node.childForFieldName('rhs') : node;
  if (call?.type !== 'call' || (call !== node && pipeInto(call)?.id !== node.id)) return false;
  return SHOWN.test(functionName(call));
}
