import type { Range } from '@katib-push/core';
import { memberName, originOf } from '../names/origin.ts';
import type { Script } from '../syntax/script.ts';

const NAMES = /\b(?:[rR]eportObservationLog|reportMetrics)\b/g;
const KATIB = /katib|kubeflow/i;

/**
 * The first place that reports to Katib by itself: `reportMetrics` of our package, or the DB manager's own API; called, or
 * taken under another name.
 */
export function findOwnReport(script: Script): Range | undefined {
  for (const { index } of script.text.matchAll(NAMES)) {
    const name = script.root.at(index);
    if (name.type !== 'Identifier') continue;
    const member = name.role === 'property' && name.parent ? name.parent : name;
    const use = member.parent;
    if (!use) continue;
    if (member.role === 'callee' && /CallExpression$/.test(use.type)) {
      const word = memberName(member) ?? member.word('name');
      const { path } = originOf(script, member);
      // somebody else's reportMetrics is none of Katib's
      const isOurs = word !== 'reportMetrics' || KATIB.test(path ?? script.text);
      if (isOurs) return { from: use.from, to: use.to };
    } else if (takesIt(script, name, member)) return { from: member.from, to: member.to };
  }
  return undefined;
}

/** `import { reportMetrics as report } from …`, `const { reportMetrics: report } = …`, `const report = client.reportMetrics` */
function takesIt(script: Script, name: ReturnType<Script['root']['at']>, member: typeof name): boolean {
  if (!KATIB.test(script.text)) return false;
  const parent = member.parent;
  if (!parent) return false;
  if (/^Import/.test(parent.type))
    return KATIB.test(parent.parent?.field('source')?.word('value') ?? '') && parent.field('local') !== name;
  if (member !== name) return KATIB.test(originOf(script, member).path ?? '');
  return /Property$/.test(parent.type) && name.role === 'key' && parent.parent?.type === 'ObjectPattern';
}
