import { choices } from '@katib-push/katib/choices';
import type { ShimNeeds } from '@katib-push/shim';
import { needsOf, shimConfig } from '../packages/katib/src/capture/shim-config.ts';

type Said = Parameters<typeof shimConfig>;

/**
 * What a trial may need of the shim: one for each combination of what an Experiment, its annotations and its job can say
 * about it. None of them needs everything: a File collector reads no output, and its JSON knows no filters.
 */
export function everyShimNeed(): readonly ShimNeeds[] {
  const found = new Map<string, ShimNeeds>();
  const file = (format: string) => ({ collector: 'File', file: { path: '/metrics', format } });
  for (const collector of [{ collector: 'StdOut' }, file('TEXT'), file('JSON')])
    for (const portable of [null, ['(\\w+): (\\d+)']])
      for (const deliver of choices.deliver.values)
        for (const address of ['db:6789', 'https://db:6789'])
          for (const service of [undefined, 'experiment-medianstop.default:6788'])
            for (const severalPods of [false, true]) {
              const experiment = { ...collector, rules: [] } as unknown as Said[0];
              const filters = { metrics: ['loss'], portable } as unknown as Said[1];
              const settings = { deliver, address } as unknown as Said[2];
              const config = shimConfig(experiment, filters, settings, service);
              const needs = needsOf(config, settings, severalPods);
              found.set(JSON.stringify(needs), needs);
            }
  return [...found.values()];
}
