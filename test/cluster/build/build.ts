import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { onInterrupt } from '../stack/interrupt.ts';
import type { Program } from './programs.ts';

/** Go can't be found; the message says what to do. */
export class GoMissing extends Error {
  override readonly name = 'GoMissing';
}

/** Where binaries are kept between runs: KATIB_PUSH_CLUSTER_CACHE, or a folder of the user's cache. */
export function cacheFolder(): string {
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.KATIB_PUSH_CLUSTER_CACHE || join(caches, 'katib-push/cluster');
}

/** `go version`'s answer. Throws {@link GoMissing}. */
export function goVersion(): string {
  const { status, stdout } = spawnSync('go', ['version'], { encoding: 'utf8' });
  if (status !== 0)
    throw new GoMissing(
      'Go is needed to build Katib and Kubernetes: install Go 1.25 or newer (https://go.dev/dl)',
    );
  return stdout.trim();
}

/**
 * Builds a program unless its binary is in the cache: Go checks all sources against go.sum. Shows progress on stderr.
 *
 * @returns the binary's path
 */
export async function build(program: Program): Promise<string> {
  const folder = join(cacheFolder(), `${program.name}-${fingerprint(program)}`);
  const binary = join(folder, program.name);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const began = performance.now();
  const partial = `${binary}.partial`;
  await runGo(program, partial, (packages) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.error(`cluster: building ${program.name}: ${packages} packages compiled, ${seconds} s`);
  });
  renameSync(partial, binary);
  forgetOlder(program.name, folder);
  return binary;
}

/** Milliseconds between two lines of progress. */
const PROGRESS = 20_000;

function runGo(program: Program, to: string, progress: (packages: number) => void): Promise<void> {
  const linker = ['-s', '-w', ...program.linker].join(' ');
  const args = ['build', '-mod=readonly', '-v', '-trimpath', '-ldflags', linker, '-o', to, program.source];
  const child = spawn('go', args, { cwd: program.module, stdio: ['ignore', 'ignore', 'pipe'] });
  const forget = onInterrupt(() => {
    child.kill();
  });
  let [packages, errors] = [0, ''];
  progress(packages);
  const timer = setInterval(() => progress(packages), PROGRESS);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    packages += text.split('\n').length - 1;
    errors = (errors + text).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      forget();
      progress(packages);
      if (code === 0) resolve();
      else reject(new Error(`go build ${program.source} failed:\n${errors}`));
    });
  });
}

/** What a binary depends on: the pinned modules, our own sources, and Go. */
function fingerprint(program: Program): string {
  const hash = createHash('sha256').update(goVersion()).update(program.linker.join());
  const sources = readdirSync(program.module, { recursive: true, encoding: 'utf8' });
  for (const file of sources.filter((name) => /\.(go|mod|sum)$/.test(name)).sort())
    hash.update(file).update(readFileSync(join(program.module, file)));
  return hash.digest('hex').slice(0, 12);
}

/** Removes binaries of the same program from older sources. */
export function forgetOlder(name: string, kept: string): void {
  const pattern = new RegExp(`^${name}-[0-9a-f]{12}$`);
  for (const entry of readdirSync(cacheFolder())) {
    const folder = join(cacheFolder(), entry);
    if (pattern.test(entry) && folder !== kept) rmSync(folder, { recursive: true });
  }
}
