import type { Range } from '@katib-push/core';
import { dottedPath, pathsOf } from '../names/imports.ts';
import { originOf } from '../names/origin.ts';
import { classifyUse } from '../names/use.ts';
import { calleeEndingWith } from '../syntax/call-at.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

const NAMES = ['report_metrics', 'ReportObservationLog', 'DBManagerStub'];
const NAMED = new RegExp(NAMES.join('|'));
const REPORTS = /report_metrics$/;
const KATIBS = /(?:^|\.)(?:kubeflow|\w*katib\w*)\./i;

/**
 * The first place that reports to Katib by itself: `report_metrics` of its SDK or of our package, or the DB manager's own
 * API; called, or handed on to be called.
 */
export function findOwnReport(script: Script): Range | undefined {
  if (!NAMED.test(script.text)) return undefined;
  const aliases = [...pathsOf(script)].flatMap(([alias, path]) =>
    NAMES.some((name) => path.endsWith(`.${name}`)) ? [alias] : [],
  );
  const named = new RegExp(`\\b(?:${[...new Set([...NAMES, ...aliases])].join('|')})\\b`, 'g');
  for (const match of script.text.matchAll(named)) {
    const name = script.root.at(match.index);
    if (name.type === 'string_content') {
      if (isLookedUp(script, name)) return { from: name.from, to: name.to };
      continue;
    }
    if (name.type !== 'identifier' || name.from !== match.index) continue;
    const parent = name.parent;
    if (!parent || /import|dotted_name/.test(parent.type)) continue;
    const callee = calleeEndingWith(name);
    const use = classifyUse(script, callee);
    if (use && isKatibs(script, callee)) return { from: use.whole.from, to: use.whole.to };
  }
  return undefined;
}

/** Whether a name is Katib's: somebody else's `report_metrics` reports elsewhere. */
function isKatibs(script: Script, callee: Syntax): boolean {
  const word = textOf(script, callee);
  if (!REPORTS.test(dottedPath(script, callee) ?? word)) return true;
  const object = callee.type === 'attribute' ? callee.field('object') : undefined;
  const path = object ? originOf(script, object).path : dottedPath(script, callee);
  if (path !== undefined && KATIBS.test(`${path}.`)) return true;
  if (/\bdef[ \t]+report_metrics\b/.test(script.text)) return false;
  // of a module that isn't Katib's
  const root = path?.split('.', 1)[0];
  if (root !== undefined && [...pathsOf(script).values()].some((each) => each.split('.', 1)[0] === root))
    return false;
  return importsKatib(script);
}

/** `getattr(katib, "report_metrics")` */
function isLookedUp(script: Script, content: Syntax): boolean {
  const list = content.parent?.parent;
  const callee = list?.type === 'argument_list' ? list.parent?.field('function') : undefined;
  return callee !== undefined && textOf(script, callee) === 'getattr' && importsKatib(script);
}

function importsKatib(script: Script): boolean {
  return (
    [...pathsOf(script).values()].some((path) => KATIBS.test(`${path}.`)) ||
    /\b(?:from|import)[ \t]+[\w.]*(?:katib|kubeflow)|import_module\([^)\n]*katib/.test(script.text)
  );
}
