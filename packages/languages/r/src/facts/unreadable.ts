import type { UnreadableOutput } from '@katib-push/core';
import { nameOfCall, readCall } from '../call.ts';
import { rangeOf, type Script } from '../script.ts';

const CHILDREN = /(?<![\w.])(?:system2?|shell|py_run_string|py_run_file|sourceCpp|cppFunction)(?=\s*\()/g;

/** Output that is not R's own: other processes, Python through reticulate, C++. */
export function findUnreadable(script: Script): readonly UnreadableOutput[] {
  const found: UnreadableOutput[] = [];
  for (const { index, 0: sink } of script.text.matchAll(CHILDREN)) {
    const node = script.root.descendantForIndex(index, index + sink.length);
    const call = node?.type === 'identifier' ? nameOfCall(node) : undefined;
    if (!call) continue;
    const { named } = readCall(script, call);
    const kept = named.get('intern')?.type === 'true' || named.get('stdout')?.type === 'true';
    if (kept || named.get('ignore.stdout')?.type === 'true') continue;
    const reason = /^(?:py|source|cpp)/.test(sink)
      ? 'output of another language'
      : 'the output of another process';
    found.push({ ...rangeOf(call), sink, reason });
  }
  return found;
}
