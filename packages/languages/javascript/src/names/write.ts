import { occurrencesOf } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** One place that gives a declared name another value. */
export interface Write {
  /** The identifier. */
  readonly name: Syntax;
  /** `=`, `+=`, `++`; empty for a destructuring or a loop. */
  readonly operator: string;
  /** What is assigned; absent for `++`, destructurings and loops. */
  readonly value?: Syntax;
}

/** More places than this are not looked at. */
const MOST_PLACES = 60;

/** All that writes to a name within a scope, functions in it included; `undefined` where there are too many places. */
export function writesTo(script: Script, name: string, scope: Syntax): readonly Write[] | undefined {
  const { text } = script;
  const found: Write[] = [];
  let looked = 0;
  for (const at of occurrencesOf(text, name, scope.from, scope.to)) {
    if (!mayWrite(text, at, at + name.length)) continue;
    if (++looked > MOST_PLACES) return undefined;
    const node = scope.at(at);
    const write = node.type === 'Identifier' && node.from === at ? readWrite(node) : undefined;
    if (write) found.push(write);
  }
  return found;
}

const AFTER = /^\s*(?:=(?![=>])|[-+*/%&|^?<>]{1,3}=(?!=)|\+\+|--|[,\]})]|=\s|of\b|in\b|!)/;

/** Whether the text around a name allows that it is written to: most readings are told apart without the tree. */
function mayWrite(text: string, from: number, to: number): boolean {
  return (
    AFTER.test(text.slice(to, to + 80)) || /(?:\+\+|--)\s*$/.test(text.slice(Math.max(0, from - 20), from))
  );
}

function readWrite(name: Syntax): Write | undefined {
  let at = name;
  for (let parent = at.parent; parent; at = parent, parent = at.parent) {
    switch (parent.type) {
      case 'AssignmentExpression': {
        if (at.role !== 'left') return undefined;
        const value = at === name ? parent.field('right') : undefined;
        return { name, operator: at === name ? parent.word('operator') : '', ...(value ? { value } : {}) };
      }
      case 'UpdateExpression':
        return { name, operator: parent.word('operator') };
      case 'ForOfStatement':
      case 'ForInStatement':
        return at.role === 'left' ? { name, operator: '' } : undefined;
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'RestElement':
        continue;
      case 'ObjectProperty':
        if (at.role !== 'value') return undefined;
        continue;
      case 'AssignmentPattern':
        if (at.role !== 'left') return undefined;
        continue;
      default:
        return undefined;
    }
  }
  return undefined;
}
