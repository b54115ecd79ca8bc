import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wrapTemplate } from '@katib-push/katib';
import { compareExperiment } from '@katib-push/oracle';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../../fixtures/image');
const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
const namespaces = spawnSync('unshare', ['--mount', ...asRoot, 'true']).status === 0;

it.skipIf(!namespaces)(
  'a script in the image, and what it has another program print, are pushed as Katib reads them',
  async () => {
    const given = parse(readFileSync(join(folder, 'experiment.yaml'), 'utf8'));
    const { experiment, report } = await wrapTemplate(given);
    expect({ outcome: report.outcome, way: report.way }).toEqual({ outcome: 'rewritten', way: 'container' });
    const { identical, comparison, pushed } = await compareExperiment(given, experiment, {
      root: join(folder, 'root'),
    });
    expect({ identical, differences: comparison.differences, known: comparison.knownDifferences }).toEqual({
      identical: true,
      differences: [],
      known: [],
    });
    expect(pushed.map(({ name }) => name)).toEqual(
      Array.from({ length: 6 }, () => ['loss', 'accuracy']).flat(),
    );
  },
);
