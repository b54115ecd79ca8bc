import { type RewriteOptions, ways } from '@katib-push/katib';
import type { WorkerSettings } from './messages.ts';

/** The options that hold in a namespace: its own where it has some, below the server's ceiling. */
export function optionsFor(
  namespace: string | undefined,
  { options, namespaces }: WorkerSettings,
): RewriteOptions {
  if (namespace === undefined || !Object.hasOwn(namespaces, namespace)) return options;
  const { enable, deliver, ways: own = ways } = namespaces[namespace] ?? {};
  const server = options.ways ?? ways;
  return {
    ...options,
    ...(enable === undefined ? {} : { enable }),
    ...(deliver === undefined ? {} : { deliver }),
    ways: server.filter((way) => own.includes(way)),
  };
}
