import { occurrencesOf } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** More places than this are not looked at. */
const MOST_PLACES = 60;

/** Whether a declared name may get another value within a scope, functions in it included; too many places count as one. */
export function isWrittenTo({ text }: Script, name: string, scope: Syntax): boolean {
  let looked = 0;
  return occurrencesOf(text, name, scope.from, scope.to).some((at) => {
    if (!mayWrite(text, at, at + name.length)) return false;
    const node = scope.at(at);
    return ++looked > MOST_PLACES || (node.type === 'Identifier' && node.from === at && isTarget(node));
  });
}

const AFTER = /^\s*(?:=(?![=>])|[-+*/%&|^?<>]{1,3}=(?!=)|\+\+|--|[,\]})]|=\s|of\b|in\b|!)/;

/** Whether the text around a name allows that it is written to: most readings are told apart without the tree. */
function mayWrite(text: string, from: number, to: number): boolean {
  return (
    AFTER.test(text.slice(to, to + 80)) || /(?:\+\+|--)\s*$/.test(text.slice(Math.max(0, from - 20), from))
  );
}

function isTarget(name: Syntax): boolean {
  let at = name;
  for (let parent = at.parent; parent; at = parent, parent = at.parent) {
    switch (parent.type) {
      case 'UpdateExpression':
        return true;
      case 'AssignmentExpression':
      case 'ForOfStatement':
      case 'ForInStatement':
        return at.role === 'left';
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'RestElement':
        continue;
      case 'ObjectProperty':
        if (at.role !== 'value') return false;
        continue;
      case 'AssignmentPattern':
        if (at.role !== 'left') return false;
        continue;
      default:
        return false;
    }
  }
  return false;
}
