import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INSTALLED = fileURLToPath(new URL('../../nodes/node_modules', import.meta.url));

/**
 * Paths of Node's binaries by major version: that which runs the tests first, then those that `test/nodes` installs,
 * from the oldest on, then those named in KATIB_PUSH_TEST_NODES.
 */
export function nodes(): Map<string, string> {
  const found = new Map([[majorOf(process.version), process.execPath]]);
  const installed = existsSync(INSTALLED)
    ? readdirSync(INSTALLED).filter((name) => /^node-\d+/.test(name))
    : [];
  const more = process.env.KATIB_PUSH_TEST_NODES?.split(/[\s:,]+/).filter(Boolean) ?? [];
  for (const path of [...installed.sort().map((name) => join(INSTALLED, name, 'bin', 'node')), ...more]) {
    try {
      const version = majorOf(execFileSync(path, ['--version'], { encoding: 'utf8' }));
      if (!found.has(version)) found.set(version, path);
    } catch {
      // not for this machine
    }
  }
  return found;
}

function majorOf(version: string): string {
  return version.trim().replace(/^v(\d+).*$/, '$1');
}
