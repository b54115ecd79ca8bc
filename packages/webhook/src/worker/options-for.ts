import { type RewriteOptions, ways } from '@katib-push/katib';
import type { WorkerSettings } from './messages.ts';

/** The options that hold in a namespace: its own where it has some, below the server's ceiling. */
export function optionsFor(
  namespace: string | undefined,
  { options, namespaces }: WorkerSettings,
): RewriteOptions {
  if (namespace === undefined || !Object.hasOwn(namespaces, namespace)) return options;
  const { ways: own = ways, ...rest } = namespaces[namespace] ?? {};
  const server = options.ways ?? ways;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { ...options, ...Object.fromEntries(given), ways: server.filter((way) => own.includes(way)) };
}
