import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from 'katib-push';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath } from '../../playground/test/chromium.ts';
import { gatherMetrics, type RunReport } from '../src/report/run-report.ts';
import { writePage } from '../src/report/write-page.ts';
import { loadServices } from '../src/services.ts';
import { fakeIo } from './fake-io.ts';

const plain: RunReport = {
  title: 'experiment/e',
  summary: 'Rewritten: pushes loss',
  verdict: { good: true, headline: 'identical', details: [] },
  metrics: [{ name: 'loss', pulled: ['0.5', 'nan', '0.3'], pushed: ['0.5', '0.3'] }],
  scripts: [],
};

const experiment = `apiVersion: kubeflow.org/v1beta1
kind: Experiment
metadata: {name: curves}
spec:
  objective: {type: minimize, objectiveMetricName: loss, additionalMetricNames: [accuracy]}
  metricsCollectorSpec: {collector: {kind: Push}}
  trialTemplate:
    primaryContainerName: main
    trialSpec:
      apiVersion: batch/v1
      kind: Job
      spec:
        template:
          spec:
            containers:
            - name: main
              image: python
              command: [python3, -u, -c]
              args:
              - |
                for epoch in range(5):
                    print(f"loss={1 / (epoch + 1):.2f} accuracy={epoch / 5}")
`;

async function runWithReport(...flags: readonly string[]) {
  const { io, written, textOf } = fakeIo({ files: { 'e.yaml': experiment } });
  const code = await run(['run', '-f', 'e.yaml', '--report', 'run.html', ...flags], io, loadServices());
  return { code, page: textOf('run.html') ?? '', stderr: written.stderr };
}

describe('the page of a run', () => {
  it('gathers rows by metric, those that only one way has among them', () => {
    const row = (name: string, value: string) => ({ name, value });
    expect(gatherMetrics([row('a', '1'), row('b', '2'), row('a', '3')])).toEqual([
      { name: 'a', pushed: ['1', '3'] },
      { name: 'b', pushed: ['2'] },
    ]);
    expect(gatherMetrics([row('a', '1')], [row('c', '4'), row('a', '1')])).toEqual([
      { name: 'a', pushed: ['1'], pulled: ['1'] },
      { name: 'c', pushed: [], pulled: ['4'] },
    ]);
  });

  it('lists rows side by side, and marks those that differ', () => {
    const page = writePage(plain, { scripts: [], styles: [] });
    expect(page).toContain('3 rows pulled, 2 pushed');
    expect(page).toContain('<tr><td>1</td><td>0.5</td><td>0.5</td></tr>');
    expect(page).toContain('<tr class="differs"><td>2</td><td>nan</td><td>0.3</td></tr>');
    expect(page).toContain('<tr class="differs"><td>3</td><td>0.3</td><td>–</td></tr>');
    expect(page).toContain('[{"pushed":[0.5,0.3],"pulled":[0.5,null,0.3]}]');
  });

  it('shows what others wrote as text, and lets no script of theirs run', () => {
    const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\u202e';
    const scripts = ['draw()', 'more()'];
    const page = writePage(
      {
        title: hostile,
        summary: hostile,
        verdict: { good: false, headline: hostile, details: [hostile] },
        metrics: [{ name: hostile, pushed: [hostile] }],
        scripts: [
          {
            name: hostile,
            hunks: [
              { from: 1, count: 1, toFrom: 1, toCount: 0, lines: [{ kind: 'removed', text: hostile }] },
            ],
          },
        ],
      },
      { scripts, styles: [] },
    );
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
    expect([...page.matchAll(/<script>(.*?)<\/script>/g)].map(([, text]) => text)).toEqual(scripts);
    for (const script of scripts)
      expect(page).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(page).toContain("default-src 'none'");
  });

  it('is written by run, with and without --compare', async () => {
    const compared = await runWithReport('--compare');
    expect(compared.code).toBe(0);
    expect(compared.stderr).toContain('report: run.html');
    expect(compared.page).toContain('identical: 10 rows pushed');
    expect(compared.page).toContain('5 rows pulled, 5 pushed');
    expect(compared.page).toContain('_katib_push(print)');
    const alone = await runWithReport();
    expect(alone.page).toMatch(/exit code 0 after [\d.]+ s, 10 rows pushed/);
    expect(alone.page).not.toContain('pulled</th>');
  });

  it('can not be a folder, which is said before anything runs', async () => {
    const { io, written } = fakeIo({ files: { 'e.yaml': experiment, 'out/a': '' } });
    expect(await run(['run', '-f', 'e.yaml', '--report', 'out'], io, loadServices())).toBe(2);
    expect(written.stderr).toContain("error file-not-writable: out can't be written: it is a folder.");
    expect(written.stdout).toBe('');
  });

  it.skipIf(!chromiumPath)('draws a curve per metric in a Chromium, and loads nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
    try {
      const { page: text } = await runWithReport('--compare');
      const file = join(folder, 'run.html');
      writeFileSync(file, text);
      const page = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(pathToFileURL(file).href);
      await expect.poll(() => page.locator('.chart canvas').count()).toBe(2);
      expect(requests).toEqual([pathToFileURL(file).href]);
      expect(complaints).toEqual([]);
      expect(await page.locator('.u-legend .u-label').allTextContents()).toEqual([
        'row',
        'pulled',
        'pushed',
        'row',
        'pulled',
        'pushed',
      ]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true });
    }
  });
});
