import type { RewriteOptions } from '@katib-push/katib';

/** Longer arguments can't be given to a process, so a longer script could not run once it is rewritten. */
const longestArgument = 131_072;

/** The options of the rewrite among others, with the defaults that differ here. */
export function rewriteOptions(options: RewriteOptions): RewriteOptions {
  const { coverage, output, delivery, legacyCollector, enable, address, maxScriptLength, maxGrowth } =
    options;
  const { ways, deliver } = options;
  return {
    ...(ways === undefined ? {} : { ways }),
    ...(deliver === undefined ? {} : { deliver }),
    ...(coverage === undefined ? {} : { coverage }),
    ...(output === undefined ? {} : { output }),
    ...(delivery === undefined ? {} : { delivery }),
    ...(legacyCollector === undefined ? {} : { legacyCollector }),
    ...(enable === undefined ? {} : { enable }),
    ...(address === undefined ? {} : { address }),
    maxScriptLength: maxScriptLength ?? longestArgument,
    ...(maxGrowth === undefined ? {} : { maxGrowth }),
  };
}
