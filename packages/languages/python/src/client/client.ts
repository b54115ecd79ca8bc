import type { ClientNeeds, PushClient } from '@katib-push/core';
import { joinParts } from './join-parts.ts';

/** What the first line of every delivered client says to who finds it in a Pod. */
const HEAD = '"""katib-push client: pushes the metrics that a trial prints to Katib."""\n';

/** Parts that no script needs: one of the package, and one for an earlier Python than can run a script that is rewritten. */
const never = ['trainer', 'python2'];
/** Parts that only some trials need. */
const optional: Readonly<Record<keyof ClientNeeds, readonly string[]>> = {
  customFilters: ['custom_filters', 'library'],
  tls: ['tls'],
  dropsOutput: ['drop'],
};

/**
 * The push client as injected: the parts in `client/parts` that a trial needs, joined.
 *
 * @param source used instead, as it is; tests and air-gapped bundles give their own
 */
export function pushClient(source?: string): PushClient {
  return {
    environmentVariable: 'KATIB_PUSH_PYTHON',
    install: 'pip install katib-push',
    source(needs) {
      if (source !== undefined) return source;
      const names = Object.keys(optional) as (keyof ClientNeeds)[];
      const unneeded = names.flatMap((name) => (needs[name] ? [] : optional[name]));
      return HEAD + joinParts(['start'], { leftOut: [...never, ...unneeded] });
    },
  };
}
