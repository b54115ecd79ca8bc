import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePage } from '../../cli/src/playground/serve-page.ts';
import { readExamples } from '../build/examples.ts';
import { analyse } from '../src/engine/analyse.ts';
import { chromiumPath } from './chromium.ts';
import { questionOf } from './question.ts';

const folder = mkdtempSync(join(tmpdir(), 'playground-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Bytes that the whole page may have, compressed. */
const budget = 1_500_000;

beforeAll(() =>
  build({
    configFile: join(import.meta.dirname, '../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder },
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

it('is small', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  const compressed = files.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
  expect(compressed).toBeGreaterThan(100_000);
  expect(compressed).toBeLessThan(budget);
});

describe.skipIf(!chromiumPath)('in a Chromium', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof servePage>>;
  beforeAll(async () => {
    server = await servePage(0, folder);
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Opens the page; what it requests and complains about is kept. */
  async function open(options: { width?: number; fragment?: string } = {}) {
    const { width = 1280, fragment = '' } = options;
    const page = await browser.newPage({
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.url + fragment);
    await page.locator('#outcome .outcome').waitFor();
    return { page, requests, complaints };
  }

  async function write(page: Page, text: string): Promise<void> {
    await page.locator('#editor .cm-content').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
  }

  it('answers what is typed, and asks nobody else', async () => {
    const { page, requests, complaints } = await open();
    await expect.poll(() => page.locator('#outcome').textContent()).toContain('pushes loss');
    const loaded = requests.length;
    await page.locator('#metrics').evaluate((field) => {
      (field as HTMLInputElement).value = 'loss';
    });
    await write(page, 'for x in y:\n    print(f"loss={x}")\nprint("end")\n');
    await expect
      .poll(() => page.locator('#outcome').textContent())
      .toContain('1 of 2 output statements rewritten');
    await page.locator('#tab-diff').click();
    await expect
      .poll(() => page.locator('#panel-diff').textContent())
      .toContain('_katib_push(print)(f"loss={x}")');
    await page.locator('#tab-log').click();
    await page.locator('#log').fill('loss=0.5\nloss=nan\n');
    await expect.poll(() => page.locator('#panel-log tbody tr').count()).toBe(2);
    await page.locator('#tab-text').click();
    await expect.poll(() => page.locator('#panel-text').textContent()).toContain('_katib_push=lambda');
    expect(requests.slice(loaded)).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
    const blocked = await page.evaluate(() => fetch('http://127.0.0.1:9/').then(String, () => 'blocked'));
    expect(blocked).toBe('blocked');
    expect(complaints.join()).toContain('Content Security Policy');
    await page.close();
  });

  it('gives what Node gives', async () => {
    const { page } = await open();
    await page.locator('#tab-text').click();
    for (const name of ['sdk-push-print', 'sdk-print-enabled', 'js-formats', 'sh-echo-loop']) {
      const text = readExamples().find((example) => example.name === name)?.text ?? '';
      const { after } = await analyse(questionOf({ text, kind: 'experiment' }));
      await page.locator('#example').selectOption(name);
      await expect
        .poll(() => page.locator('#outcome').textContent())
        .toContain(/^ {2}name: (.*)/m.exec(text)?.[1]);
      await page.getByRole('button', { name: /^Cop(y|ied)$/ }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(after);
    }
    await page.close();
  });

  it('puts verdicts at their lines, and goes there', async () => {
    const { page } = await open();
    await page.locator('#kind').selectOption('python');
    await page.locator('#metrics').fill('loss');
    await write(page, 'a = 1\n\nprint(f"loss={a}")\n');
    await expect.poll(() => page.locator('.verdict-line').count()).toBe(1);
    await page.getByRole('button', { name: 'Go to line 3' }).click();
    await expect.poll(() => page.locator('.cm-activeLine').textContent()).toBe('print(f"loss={a}")');
    await page.close();
  });

  it('takes what the engine proposes', async () => {
    const { page } = await open();
    await page.locator('#example').selectOption('partial-colon');
    await page.getByRole('button', { name: 'Take it' }).click();
    await expect.poll(() => page.locator('.covered-yes').count()).toBe(2);
    expect(await page.getByRole('button', { name: 'Take it' }).count()).toBe(0);
    await page.close();
  });

  it('is copied as a link, and comes back from it', async () => {
    const { page } = await open();
    await page.locator('#example').selectOption('js-formats');
    await page.locator('#tab-log').click();
    await page.locator('#log').fill('loss=7\n');
    await page.locator('#share').click();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#v1=/);
    const again = await open({ fragment: new URL(page.url()).hash });
    await expect.poll(() => again.page.locator('#outcome').textContent()).toContain('experiment/js-formats');
    await again.page.locator('#tab-log').click();
    expect(await again.page.locator('#log').inputValue()).toBe('loss=7\n');
    expect(await again.page.locator('#example').inputValue()).toBe('js-formats');
    await Promise.all([page.close(), again.page.close()]);
  });

  it('is used with the keyboard alone', async () => {
    const { page } = await open();
    await page.locator('#editor .cm-content').focus();
    await page.keyboard.press('Tab');
    await expect
      .poll(() => page.locator('#tab-verdicts').evaluate((tab) => tab === document.activeElement))
      .toBe(true);
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#panel-diff').isVisible()).toBe(true);
    await page.keyboard.press('End');
    expect(await page.locator('#panel-log').isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.type('loss=1');
    await expect.poll(() => page.locator('#panel-log tbody tr').count()).toBe(1);
    await page.close();
  });

  it.each([1280, 390])('has no barrier at %i pixels, in light and dark', async (width) => {
    const { page } = await open({ width });
    await page.evaluate(axe);
    for (const tab of ['verdicts', 'diff', 'text', 'log']) {
      await page.locator(`#tab-${tab}`).click();
      if (tab === 'log') {
        await page.locator('#log').fill('loss=0.5\nloss=nan\nloss=\nloss=tensor(1)\n');
        await page.locator('#panel-log tbody tr').first().waitFor();
      }
      const found = await page.evaluate<AxeResults>('axe.run()');
      expect(barriers(found)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      const inDark = await page.evaluate<AxeResults>("axe.run({ runOnly: ['color-contrast'] })");
      expect(barriers(inDark)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    await page.close();
  });
});

function barriers({ violations }: AxeResults): readonly string[] {
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}
