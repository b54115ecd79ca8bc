import type { Range } from '@katib-push/core';
import { memberName } from '../names/origin.ts';
import type { Script } from '../syntax/script.ts';

const REPORTS = /\b(?:r|R)eportObservationLog\s*\(|\breportMetrics\s*\(/g;

/** The first call that reports to Katib by itself: the DB manager's own API. */
export function findOwnReport(script: Script): Range | undefined {
  for (const { index } of script.text.matchAll(REPORTS)) {
    const name = script.root.at(index);
    const callee = name.role === 'property' ? name.parent : name;
    const call = callee?.parent;
    if (!callee || !call || callee.role !== 'callee' || !/CallExpression$/.test(call.type)) continue;
    const word = memberName(callee) ?? callee.word('name');
    // somebody else's reportMetrics is none of Katib's
    if (/^reportMetrics$/.test(word) && !/katib/i.test(script.text)) continue;
    return { from: call.from, to: call.to };
  }
  return undefined;
}
