import type { Range } from '@katib-push/core';
import { dottedPath } from '../statements/mention.ts';
import type { Script } from '../syntax/script.ts';

const NAMES = ['report_metrics', 'ReportObservationLog', 'DBManagerStub'];

/** The first call that reports to Katib by itself: `report_metrics` of its SDK, or the DB manager's own API. */
export function findOwnReport(script: Script): Range | undefined {
  if (!NAMES.some((name) => script.text.includes(name))) return undefined;
  const aliases = [...script.paths()].flatMap(([alias, path]) =>
    NAMES.some((name) => path.endsWith(`.${name}`)) ? [alias] : [],
  );
  const called = new RegExp(`\\b(?:${[...new Set([...NAMES, ...aliases])].join('|')})[ \\t]*\\(`, 'g');
  for (const match of script.text.matchAll(called)) {
    const name = script.root.at(match.index);
    if (name.type !== 'identifier') continue;
    const callee = name.parent?.type === 'attribute' && name.parent.to === name.to ? name.parent : name;
    const call = callee.parent;
    if (call?.type !== 'call' || call.from !== callee.from) continue;
    const path = dottedPath(script, callee) ?? '';
    // somebody else's report_metrics is none of Katib's
    if (path.endsWith('report_metrics') && !/katib/.test(path) && !/\bkatib/.test(script.text)) continue;
    if (path === 'report_metrics' && /\bdef[ \t]+report_metrics\b/.test(script.text)) continue;
    return { from: call.from, to: call.to };
  }
  return undefined;
}
