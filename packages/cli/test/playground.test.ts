import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePage } from '../src/playground/serve-page.ts';
import { CommandFailure } from '../src/problems/problem.ts';

const root = mkdtempSync(join(tmpdir(), 'page-'));
const folder = join(root, 'page');
let served: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.html'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<title>page</title>');
  writeFileSync(join(folder, 'assets/a.js'), 'export {}');
  writeFileSync(join(folder, 'assets/notes.txt'), 'not of the page');
  served = await servePage(0, folder);
});
afterAll(async () => {
  await served.close();
  rmSync(root, { recursive: true });
});

describe('the server of the playground', () => {
  it.each([
    ['', 'text/html; charset=utf-8', '<title>page</title>'],
    ['index.html?x', 'text/html; charset=utf-8', '<title>page</title>'],
    ['assets/a.js', 'text/javascript; charset=utf-8', 'export {}'],
  ])('gives the page: %j', async (path, type, text) => {
    const response = await fetch(served.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; .*frame-ancestors 'none'$/,
    );
    expect(await response.text()).toBe(text);
  });

  it.each([
    'secret.html',
    '../secret.html',
    '%2e%2e/secret.html',
    'assets',
    'assets/notes.txt',
    '..%2fsecret.html',
  ])('gives nothing else: %j', async (path) => {
    expect((await fetch(served.url + path)).status).toBe(404);
  });

  it("gives Python's parser from the package that has it", async () => {
    const response = await fetch(`${served.url}assets/ruff_fmt_bg-a_B-1.wasm`);
    expect(response.headers.get('content-type')).toBe('application/wasm');
    expect((await response.text()).slice(0, 4)).toBe('\0asm');
  });

  it('is read only, and on loopback', async () => {
    expect((await fetch(served.url, { method: 'POST' })).status).toBe(405);
    expect(new URL(served.url).hostname).toBe('127.0.0.1');
  });

  it('says what to do where the page is not built, or the port is taken', async () => {
    await expect(servePage(0, root)).rejects.toThrow(CommandFailure);
    await expect(servePage(0, root)).rejects.toMatchObject({
      problems: [{ code: 'no-page', hint: 'Build it: pnpm build:playground.' }],
    });
    await expect(servePage(Number(new URL(served.url).port), folder)).rejects.toMatchObject({
      problems: [{ code: 'server-failed', hint: 'Choose another port.' }],
    });
  });
});
