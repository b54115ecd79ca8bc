import type { ClientNeeds, PushClient } from '@katib-push/core';
import { joinParts } from './join-parts.ts';

/** What the first line of every delivered client says to who finds it in a Pod. */
const HEAD = '"""katib-push client: pushes the metrics that a trial prints to Katib."""\n';

/** Parts that only some trials need, and what asks for them. */
const optional: readonly (readonly [part: string, need: keyof ClientNeeds])[] = [
  ['custom_filters', 'customFilters'],
  ['tls', 'tls'],
  ['ranks', 'ranks'],
];

/**
 * The push client as injected: the parts in `client/parts` that a trial needs, joined.
 *
 * @param source used instead, as it is; tests and air-gapped bundles give their own
 */
export function pushClient(source?: string): PushClient {
  return {
    environmentVariable: 'KATIB_PUSH_PYTHON',
    source(needs) {
      if (source !== undefined) return source;
      const unneeded = optional.flatMap(([part, need]) => (needs[need] ? [] : [part]));
      return HEAD + joinParts(['start'], { leftOut: ['trainer', ...unneeded] });
    },
  };
}
