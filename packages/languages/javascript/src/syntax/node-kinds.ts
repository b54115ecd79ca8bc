import type { Syntax } from './syntax.ts';

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);
const LOOPS: ReadonlySet<string> = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement']);
const BLOCKS: ReadonlySet<string> = new Set([
  'BlockStatement',
  'StaticBlock',
  'TSModuleBlock',
  'SwitchStatement',
  'Program',
  'CatchClause',
]);

export function isFunctionType(type: string): boolean {
  return FUNCTIONS.has(type);
}

export function isLoopType(type: string): boolean {
  return LOOPS.has(type);
}

export function isFunction({ type }: Syntax): boolean {
  return FUNCTIONS.has(type);
}

export function isScope({ type }: Syntax): boolean {
  return BLOCKS.has(type) || FUNCTIONS.has(type) || LOOPS.has(type);
}
