import { readFileSync } from 'node:fs';
import type { PushClient } from '@katib-push/core';
import { clientVariable } from './commands/client.ts';

/**
 * The push client as injected: `client/katib-push.sh`, read when `source` is first asked for. It hands lines to the
 * client for Python or Node, whichever runs in the image.
 *
 * @param source used instead of the file; tests and air-gapped bundles give their own
 */
export function pushClient(source?: string): PushClient {
  let text = source;
  return {
    environmentVariable: clientVariable,
    source() {
      text ??= readFileSync(new URL('../client/katib-push.sh', import.meta.url), 'utf8');
      return text;
    },
    requires: ['python', 'javascript'],
    needs: 'python3 (3.7 or later) or node (14 or later)',
    statementsOnly: true,
  };
}
