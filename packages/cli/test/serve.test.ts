import { WebhookServerError } from '@katib-push/webhook/server';
import { run, type Services } from 'katib-push';
import { describe, expect, it } from 'vitest';
import { fakeIo, fakeServices } from './fake-io.ts';

type Serve = Awaited<ReturnType<Services['loadWebhookServer']>>['serve'];

function serving(serve: Serve): Services {
  return { ...fakeServices, loadWebhookServer: async () => ({ serve }) };
}

describe('serve', () => {
  it('hands on flags, environment and files, and says where it serves', async () => {
    const { io, written } = fakeIo({ files: { 'webhook.yaml': 'port: 1' }, env: { A: 'b' } });
    const calls: unknown[] = [];
    const services = serving(async (flags, world) => {
      calls.push(
        flags,
        world.environment,
        world.resolvePath('x'),
        await world.readFile('/work/webhook.yaml'),
      );
      world.writeLog('{"msg":"serving"}\n');
      world.started?.({ reviews: 'https://localhost:8443/mutate', admin: 'http://localhost:8080' });
    });
    const argv = [
      'serve',
      '--config',
      'webhook.yaml',
      '--self-signed',
      '--port',
      '0',
      '--client-names=a,b',
      '--strict=false',
    ];
    expect(await run(argv, io, services)).toBe(0);
    expect(calls).toEqual([
      {
        color: 'auto',
        config: 'webhook.yaml',
        selfSigned: true,
        port: '0',
        clientNames: 'a,b',
        strict: 'false',
      },
      { A: 'b' },
      '/work/x',
      'port: 1',
    ]);
    expect(written.stdout).toBe('{"msg":"serving"}\n');
    expect(written.stderr).toBe(
      'Admission reviews: https://localhost:8443/mutate\nHealth and metrics: http://localhost:8080\nCtrl-C stops it, a second one at once.\n',
    );
  });

  it.each([
    ['usage', 'error usage: Port is wrong.'],
    ['address', 'error server-failed: Port is wrong.'],
  ] as const)('shows what the server can not use: %s', async (code, text) => {
    const { io, written } = fakeIo();
    const services = serving(() => Promise.reject(new WebhookServerError(code, 'port is wrong')));
    expect(await run(['serve'], io, services)).toBe(2);
    expect(written.stderr).toContain(text);
  });
});
