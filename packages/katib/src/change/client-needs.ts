import type { ClientNeeds, Filters } from '@katib-push/core';
import { isRecord } from '../json-pointer.ts';
import type { PrimaryContainer } from '../locate/locate-container.ts';
import type { Settings } from '../policy/settings.ts';

/** An address without a scheme and without a variable: no TLS, for certain. */
const plainAddress = /^[\w.:[\]-]*$/;

/**
 * What the push clients of one trial need. Where a variable's value can't be known (`valueFrom`, `envFrom`, a shell text
 * that sets it), the part for TLS is delivered. What an image sets is not seen: a client without that part says so.
 */
export function clientNeeds(filters: Filters, settings: Settings, container: PrimaryContainer): ClientNeeds {
  const { env, envFrom, command, args } = container.value;
  const variables = (Array.isArray(env) ? env : []).filter(isRecord);
  const words = [command, args].flat().filter((word) => typeof word === 'string');
  const mayAppear = (name: string): boolean =>
    (Array.isArray(envFrom) && envFrom.length > 0) || words.some((word) => word.includes(`${name}=`));
  const valuesOf = (name: string): readonly unknown[] =>
    variables.filter((variable) => variable.name === name).map(({ value }) => value);
  const addresses = [settings.address ?? '', ...valuesOf('KATIB_DB_MANAGER_ADDRESS')];
  return {
    customFilters: filters.portable !== null,
    tls:
      addresses.some((address) => typeof address !== 'string' || !plainAddress.test(address)) ||
      mayAppear('KATIB_DB_MANAGER_ADDRESS') ||
      valuesOf('KATIB_PUSH_CA_CERT').length > 0 ||
      mayAppear('KATIB_PUSH_CA_CERT'),
    dropsOutput: settings.output === 'drop',
  };
}
