import type { Range } from '@katib-push/core';
import { nameOfCall } from '../call.ts';
import { rangeOf, type Script } from '../script.ts';

/** The first call of `report_metrics` of Katib's SDK, which R reaches through reticulate. */
export function findOwnReport(script: Script): Range | undefined {
  for (const { index } of script.text.matchAll(/\breport_metrics(?=\s*\()/g)) {
    const node = script.root.descendantForIndex(index, index + 14);
    const call = node && nameOfCall(node);
    if (call && /katib/i.test(script.text)) return rangeOf(call);
  }
  return undefined;
}
