import { nearMatch } from '@katib-push/core';
import { WebhookServerError } from '../webhook-server-error.ts';
import { settingKeys } from './catalogue.ts';
import { environmentPrefix, variableOf } from './names.ts';

/** The environment variable that names the configuration file. */
export const fileVariable = variableOf('config');

/**
 * The settings that environment variables give, by key, not read yet. An empty one counts as absent. Throws
 * {@link WebhookServerError} `usage` for one that starts as ours and is none.
 *
 * The kubelet puts the address of each Service of the namespace into every container, so one that is called
 * `katib-push-webhook` gives `KATIB_PUSH_WEBHOOK_PORT=tcp://10.0.0.1:443` and more of that kind: those are passed over.
 */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const keys = new Map(settingKeys.map((key) => [variableOf(key), key] as const));
  const found = new Map<string, string>();
  for (const [name, value = ''] of Object.entries(environment)) {
    if (!name.startsWith(environmentPrefix) || value === '' || name === fileVariable) continue;
    if (isServiceLink(name, value)) continue;
    const key = keys.get(name);
    if (key === undefined) {
      throw new WebhookServerError(
        'usage',
        `the environment variable ${name} is no setting${nearMatch(name, [...keys.keys(), fileVariable])}`,
      );
    }
    found.set(key, value);
  }
  return found;
}

function isServiceLink(name: string, value: string): boolean {
  return (
    /_SERVICE_(?:HOST|PORT(?:_\w+)?)$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?$/.test(name) ||
    (name.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\//.test(value))
  );
}
