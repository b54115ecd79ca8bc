import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reviewOf, sdkExperiment } from './reviews.ts';
import { send } from './send.ts';
import { spawnSource, waitForPorts } from './spawn-bin.ts';

const fixture = join(import.meta.dirname, '../../../../fixtures/admission/create.json');

/** As the API server sends it: with what it fills in before it asks webhooks. */
function createReview() {
  const experiment = sdkExperiment() as { metadata: Record<string, unknown> };
  Object.assign(experiment.metadata, {
    uid: '0c7b2a8e-5d0d-4f0b-8a52-3f2f0a4f6d11',
    creationTimestamp: '2026-06-22T20:07:21Z',
    generation: 1,
  });
  return reviewOf(experiment as never);
}

describe('fixtures/admission/create.json', () => {
  it('is what the API server sends for sdk-print-enabled', () => {
    const expected = `${JSON.stringify(createReview(), null, 2)}\n`;
    if (process.env.UPDATE === '1') writeFileSync(fixture, expected);
    expect(existsSync(fixture), 'it is missing: UPDATE=1 writes it').toBe(true);
    expect(readFileSync(fixture, 'utf8')).toBe(expected);
  });

  it('goes into `katib-push serve --self-signed`, and a patch comes out', async () => {
    const flags = [
      '--self-signed',
      '--host=127.0.0.1',
      '--port=0',
      '--admin-host=127.0.0.1',
      '--admin-port=0',
      '--rewrite-timeout=30s',
    ];
    const spawned = spawnSource('packages/cli/src/bin.ts', ['serve', ...flags, '--shutdown-delay=0s']);
    const { port } = await waitForPorts(spawned);
    const { status, text } = await send(port, readFileSync(fixture));
    expect(status).toBe(200);
    const { response } = JSON.parse(text);
    const patch: { op: string; path: string; value: unknown }[] = JSON.parse(
      Buffer.from(response.patch, 'base64').toString(),
    );
    const at = Object.fromEntries(patch.map(({ path, value }) => [path, value]));
    expect(at['/spec/metricsCollectorSpec/collector/kind']).toBe('Push');
    const script = patch.find(({ path }) => path.endsWith('/args/0'))?.value;
    expect(script).toContain('_katib_push(print)(f"');
    expect(response).toMatchObject({
      uid: createReview().request.uid,
      allowed: true,
      patchType: 'JSONPatch',
    });
    expect(spawned.output.stderr).toContain(`Admission reviews: https://127.0.0.1:${port}/mutate\n`);
    spawned.process.kill('SIGTERM');
    expect(await spawned.ended).toBe(0);
  });

  it('is shown by the demo, with the commands', async () => {
    const { output, ended } = spawnSource('scripts/demo-webhook.ts', ['0']);
    expect(await ended, output.stderr).toBe(0);
    expect(output.stdout).toMatch(/^\$ pnpm -s katib-push serve --self-signed --port \d+$/m);
    expect(output.stdout).toMatch(
      /^\$ curl -sk https:\/\/localhost:\d+\/mutate -H 'content-type: application\/json' -d @fixtures\/admission\/create\.json > answer\.json$/m,
    );
    expect(output.stdout).toContain('"allowed":true,"patchType":"JSONPatch"');
    expect(output.stdout).toContain('["replace","/spec/metricsCollectorSpec/collector/kind","Push"]');
    expect(output.stdout).toMatch(/^ +_katib_push\(print\)\(f"/m);
  });
});
