import { type ClientNeeds, everyNeed, type PushClient } from '@katib-push/core';
import { joinParts } from './join-parts.ts';

/**
 * The push client as injected: what a trial needs of `client/parts`, read and joined when it is first asked for.
 *
 * @param source used instead, as it is; tests and air-gapped bundles give their own
 */
export function pushClient(source?: string): PushClient {
  const joined = new Map<string, string>();
  return {
    environmentVariable: 'KATIB_PUSH_JAVASCRIPT',
    install: 'npm install @katib-push/client',
    source(needs) {
      if (source !== undefined) return source;
      const key = keyOf(needs);
      const text = joined.get(key) ?? joinParts(needs);
      joined.set(key, text);
      return text;
    },
  };
}

function keyOf(needs: ClientNeeds): string {
  return (Object.keys(everyNeed) as (keyof ClientNeeds)[]).map((name) => Number(needs[name])).join('');
}
