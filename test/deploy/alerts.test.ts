import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, test } from 'vitest';
import { createMetrics } from '../../packages/webhook/src/server/metrics.ts';
import { only } from './manifests.ts';
import { renderChart, renderOwnOverlay } from './render.ts';
import { findTools, root, type Tools } from './tools.ts';

const tools = findTools() as Tools;

/** Names and labels that a query asks for. Throws where it is no PromQL. */
function readQuery(query: string): {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
} {
  const metrics: string[] = [];
  const labels: string[] = [];
  // Grafana fills in its variables before the query is one
  const filled = query.replaceAll('$__rate_interval', '5m');
  parser.parse(filled).iterate({
    enter({ type, from, to, node }) {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${query}`);
      if (type.name === 'VectorSelector')
        metrics.push(filled.slice(node.firstChild?.from, node.firstChild?.to));
      if (type.name === 'LabelName') labels.push(filled.slice(from, to));
    },
  });
  return { metrics, labels };
}

/** The server's own metrics, with their labels. A histogram's series come with it. */
async function metricsOfServer(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { registry } = createMetrics(
    () => undefined,
    () => true,
    false,
  );
  const found = new Map<string, readonly string[]>();
  for (const metric of registry.getMetricsAsArray()) {
    const {
      name,
      labelNames = [],
      type,
    } = metric as unknown as { name: string; labelNames?: string[]; type: unknown };
    found.set(name, labelNames);
    if ('buckets' in metric || type === 'histogram') {
      found.set(`${name}_bucket`, [...labelNames, 'le']);
      found.set(`${name}_sum`, labelNames);
      found.set(`${name}_count`, labelNames);
    }
  }
  return found;
}

describe.skipIf(tools === undefined)('alerts', () => {
  test('ask for metrics and labels that the server has', async () => {
    const known = await metricsOfServer();
    const overlay = renderOwnOverlay(tools, {
      resources: ['overlays/self-signed'],
      components: ['components/monitoring'],
    });
    const { groups } = only(overlay, 'PrometheusRule').spec;
    const rules: readonly { readonly alert: string; readonly expr: string }[] = groups[0].rules;
    expect(rules.map(({ alert }) => alert)).toHaveLength(5);
    for (const { alert, expr } of rules) {
      const { metrics, labels } = readQuery(expr);
      expect(metrics, alert).not.toEqual([]);
      const there = metrics.flatMap((name) => known.get(name) ?? [`${name} is no metric`]);
      expect(
        metrics.filter((name) => !known.has(name)),
        alert,
      ).toEqual([]);
      expect(
        labels.filter((label) => !there.includes(label)),
        alert,
      ).toEqual([]);
    }
  });

  test('and so does the dashboard; it lies in the chart, and the chart gives it to Grafana as it is', async () => {
    const known = await metricsOfServer();
    const path = join(root, 'deploy/helm/katib-push-webhook/dashboard.json');
    const text = readFileSync(path, 'utf8');
    const panels: readonly {
      readonly title: string;
      readonly targets: readonly { readonly expr: string }[];
    }[] = JSON.parse(text).panels;
    const asked = panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ title, ...readQuery(expr) })),
    );
    for (const { title, metrics, labels } of asked) {
      expect(
        metrics.filter((name) => !known.has(name)),
        title,
      ).toEqual([]);
      const there = metrics.flatMap((name) => known.get(name) ?? []);
      expect(
        labels.filter((label) => !there.includes(label)),
        title,
      ).toEqual([]);
    }
    const shown = new Set(asked.flatMap(({ metrics }) => metrics));
    const left = [...known.keys()].filter(
      (name) => !shown.has(name) && !/_(?:sum|count|seconds)$/.test(name),
    );
    expect(left).toEqual(['katib_push_webhook_certificate_loads_total']);
    const chart = renderChart(tools, { values: { monitoring: { dashboard: { enabled: true } } } });
    const [config] = chart.filter(({ metadata }) => metadata.labels?.grafana_dashboard === '1');
    expect(JSON.parse(config?.data['katib-push-webhook.json'])).toEqual(JSON.parse(text));
  });

  test('a query that is none, or asks for something else, would be seen', async () => {
    expect(() => readQuery('sum by (reason (x)')).toThrow('no PromQL');
    expect(readQuery('sum by (reason) (rate(a_total{code="200"}[5m])) > b')).toEqual({
      metrics: ['a_total', 'b'],
      labels: ['reason', 'code'],
    });
    expect((await metricsOfServer()).get('katib_push_webhook_failed_total')).toEqual(['kind', 'reason']);
  });
});

test('docs/deploy.md lists the metrics that the server has', async () => {
  const text = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
  const listed = [...text.matchAll(/^\| `(katib_push_webhook_\w+)`(?: \(([^)]*)\))? \|/gm)].map(
    ([, name, labels = '']) => [name, labels.replaceAll('`', '').split(', ').filter(Boolean)],
  );
  const known = [...(await metricsOfServer())].filter(([name]) => !/_(?:bucket|sum|count)$/.test(name));
  const byName = (a: unknown[], b: unknown[]): number => String(a[0]).localeCompare(String(b[0]));
  expect(listed.sort(byName)).toEqual(known.map(([name, labels]) => [name, [...labels]]).sort(byName));
});
