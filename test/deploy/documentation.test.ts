import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { rewriteExperiment, rewriteTrial } from '../../packages/katib/src/index.ts';
import { renderTrial } from '../cases/render-trial.ts';
import { checkManifests } from './checks/index.ts';
import { only } from './manifests.ts';
import { parseManifests, renderChart } from './render.ts';
import { findTools, root, run, type Tools } from './tools.ts';

const path = join(root, 'docs/deploy.md');
const text = readFileSync(path, 'utf8');
const tools = findTools() as Tools;

/** The YAML blocks of the page, in order. */
const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);

/** The block that holds a word. */
function block(word: string): string {
  const found = blocks.find((each) => each.includes(word));
  if (found === undefined) throw new Error(`no YAML block with ${word}`);
  return found;
}

test('its links lead somewhere', () => {
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(20);
  const slug = (title: string): string =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-');
  for (const link of links) {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    expect(existsSync(target), link).toBe(true);
    if (anchor === undefined) continue;
    const titles = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      slug(title),
    );
    expect(titles, link).toContain(anchor);
  }
});

test('its Experiment is rewritten, and says what the page says', async () => {
  const experiment = parse(block('kind: Experiment'));
  const { experiment: rewritten, report } = await rewriteExperiment(experiment);
  expect(report.outcome).toBe('rewritten');
  expect(report.way).toBe('container');
  expect((rewritten as typeof experiment).spec).toEqual(experiment.spec);
  const { trial } = await rewriteTrial(renderTrial(rewritten, { lr: '0.02' }, {}));
  expect(JSON.stringify(trial)).toContain('"collector":{"kind":"Push"}');
  expect(text).toContain(
    'Warning: katib-push: accuracy, loss are pushed by the container way; sidecar disabled',
  );
});

describe.skipIf(tools === undefined)('its overlay', () => {
  test.each(['../self-signed', '../cert-manager'])(
    'on %s renders, with all that is commented out',
    async (resource) => {
      const folder = mkdtempSync(join(tmpdir(), 'katib-push-mine-'));
      try {
        cpSync(join(root, 'deploy/kustomize'), folder, { recursive: true });
        const mine = join(folder, 'overlays/mine');
        mkdirSync(mine);
        const own = parse(
          block('kind: Kustomization').replace('components: []', 'components:').replaceAll('#  - ', '  - '),
        );
        expect(own.components).toHaveLength(2);
        const settings = parse(block('behavior: replace'));
        writeFileSync(join(mine, 'configuration.yaml'), 'logLevel: warn\n');
        writeFileSync(
          join(mine, 'kustomization.yaml'),
          stringify({ ...own, ...settings, resources: [resource] }),
        );
        const manifests = parseManifests(run(tools.kubectl, ['kustomize', mine]));
        expect(await checkManifests(manifests)).toEqual([]);
        expect(only(manifests, 'ConfigMap').data).toEqual({ 'configuration.yaml': 'logLevel: warn\n' });
        const [container] = only(manifests, 'Deployment').spec.template.spec.containers;
        expect(container.image).toBe('registry.your-company.com/katib-push-webhook:0.1.0');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

describe.skipIf(tools === undefined)('its values', () => {
  const settings = [...text.matchAll(/--set '?([^\s`']+)/g)].map(([, setting = '']) => setting);

  test('are there', () => expect(settings.length).toBeGreaterThan(8));

  test.each(settings)('%s', async (setting) => {
    // An issuer is something for cert-manager alone.
    const more = setting.includes('issuerRef') ? ['certificates.source=certManager'] : [];
    const manifests = renderChart(tools, { set: [...more, setting] });
    expect(await checkManifests(manifests)).toEqual([]);
    expect(JSON.stringify(manifests)).not.toBe(JSON.stringify(renderChart(tools)));
  });
});

test('its names are those of the manifests', () => {
  const names = [
    ...text.matchAll(
      /(?:deployment|job|cronjob|secret|mutatingwebhookconfiguration)[ /](katib-push-[a-z-]+)/g,
    ),
  ];
  const known = /^katib-push-webhook(?:-certificates|-tls|-authority)?$/;
  expect(names.length).toBeGreaterThan(8);
  for (const [, name = ''] of names) expect(name).toMatch(known);
  for (const [, file = ''] of text.matchAll(/(deploy\/[\w./-]+)/g)) {
    if (!file.includes('overlays/mine')) expect(existsSync(join(root, file)), file).toBe(true);
  }
});
