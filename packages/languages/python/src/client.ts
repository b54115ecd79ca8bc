import { readFileSync } from 'node:fs';
import type { PushClient } from '@katib-push/core';
import { trimClient } from './trim-client.ts';

/**
 * The push client as injected: `client/katib_push.py`, read and trimmed ({@link trimClient}) when `source` is first
 * asked for.
 *
 * @param source used instead of the file, as it is; tests and air-gapped bundles give their own
 */
export function pushClient(source?: string): PushClient {
  let text = source;
  return {
    environmentVariable: 'KATIB_PUSH_PYTHON',
    source() {
      text ??= trimClient(readFileSync(new URL('../client/katib_push.py', import.meta.url), 'utf8'));
      return text;
    },
  };
}
