import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { settingKeys } from '../../src/server/settings/catalogue.ts';
import { flagOf } from '../../src/server/settings/setting.ts';
import { send } from './send.ts';
import { spawnSource, waitForPorts, waitForRecord } from './spawn-bin.ts';
import { temporaryFolder } from './start-server.ts';

const bin = 'packages/webhook/src/bin.ts';

async function call(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const spawned = spawnSource(bin, args, environment);
  const code = await spawned.ended;
  return { code, ...spawned.output };
}

describe('katib-push-webhook', () => {
  it('shows its flags and its version', async () => {
    const help = await call(['--help']);
    expect({ code: help.code, stderr: help.stderr }).toEqual({ code: 0, stderr: '' });
    for (const key of settingKeys) expect(help.stdout).toContain(`  ${flagOf(key)} `);
    expect(help.stdout).toContain('--config <file>');
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(await call(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([[[]], [['certificates']]])('wraps the help of %j to the output', async (words) => {
    const { stdout } = await call([...words, '--help'], { COLUMNS: '50' });
    const wide = stdout.split('\n').filter((line) => line.length > 50);
    expect(wide.filter((line) => /\S\s+\S/.test(line))).toEqual([]);
    expect(stdout).toMatch(/Exit codes: 0 [\s\S]*\n$/);
  });

  it('says what can not be used, and ends with 2', async () => {
    const usage = (text: string) => ({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
    expect(await call([])).toEqual(usage('katib-push-webhook: there is no certificate: give tlsCertificate'));
    expect(await call(['--prot', '1'])).toEqual(usage("unknown option '--prot'\n(Did you mean --port?)"));
    expect(await call(['extra'])).toEqual(usage('too many arguments'));
    expect(await call([], { KATIB_PUSH_WEBHOOK_PROT: '1' })).toEqual(
      usage('did you mean KATIB_PUSH_WEBHOOK_PORT?'),
    );
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await call([
      '--self-signed',
      '--host=127.0.0.1',
      '--admin-port=0',
      `--port=${port}`,
    ]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `katib-push-webhook: can't listen on 127.0.0.1, port ${port} (EADDRINUSE): choose another port or host\n`,
    });
  });

  it('serves with what flags, variables and file say', async () => {
    const config = join(await temporaryFolder(), 'webhook.yaml');
    await writeFile(config, 'path: /from-file\nport: 1\nadminPort: 1\nlogLevel: warn\nshutdownDelay: 0s\n');
    const environment = { KATIB_PUSH_WEBHOOK_ADMIN_PORT: '0', KATIB_PUSH_WEBHOOK_LOG_LEVEL: 'info' };
    const spawned = spawnSource(bin, ['--config', config, '--port', '0', '--self-signed'], environment);
    const { port, adminPort } = await waitForPorts(spawned);
    expect((await send(port, '{}', { path: '/from-file' })).status).toBe(400);
    expect(await waitForRecord(spawned, 'a request was refused')).toMatchObject({
      level: 'info',
      status: 400,
    });
    const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
    expect(metrics).toContain('katib_push_webhook_requests_total{code="400"} 1');
    expect(metrics).toContain('nodejs_heap_size_used_bytes');
    spawned.process.kill('SIGTERM');
    expect(await spawned.ended).toBe(0);
  });
});
