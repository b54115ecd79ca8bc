import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificate } from '../conformance/certificate.ts';
import { type ConformingClient, clients } from '../conformance/clients.ts';
import { readSaid } from '../reliability/account.ts';
import { type Plan, programText } from '../reliability/program.ts';
import { startRunning } from '../reliability/running.ts';
import { type Peer, type PeerName, peers, startPeer } from './start-peer.ts';

/** What a server does, and with which of the peers it can be had. */
const scenarios: readonly (readonly [string, readonly PeerName[], Partial<Plan>?])[] = [
  ['stores', ['grpc-js', 'grpcio', 'h2'], { pad: 1000 }],
  ['small windows', ['grpc-js', 'grpcio', 'h2'], { pad: 100 }],
  ['unavailable at first', ['grpc-js', 'grpcio', 'h2']],
  ['connections end', ['grpc-js', 'grpcio']],
  ['one call at a time', ['grpcio']],
  ['long headers', ['grpcio', 'h2']],
  ['the window changes in mid-call', ['h2'], { pad: 1000 }],
  ['pads everything', ['h2']],
  ['CONTINUATION, some empty', ['h2']],
  ['informational headers', ['h2']],
  ['RST_STREAM', ['h2']],
  ['GOAWAY between calls', ['h2']],
  ['GOAWAY before the call is read', ['h2']],
  ['GOAWAY, and the call goes on', ['h2']],
  ['pings a lot', ['h2']],
  ['changes its settings a lot', ['h2']],
  ['closes after each call', ['h2']],
];
/** Rows of more than one call: 1.5 MB of them in the second block, where they are padded with 1 000 digits. */
const SIZES = [20, 1500, 20];

const folder = mkdtempSync(join(tmpdir(), 'katib-push-peers-'));
const files = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
beforeAll(async () => {
  const { cert, key } = await certificate();
  writeFileSync(files[0] as string, cert);
  writeFileSync(files[1] as string, key);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.concurrent.each(clients.map((client) => [client.language, client] as const))('%s', (_, client) => {
  const cases = scenarios.flatMap(([name, which, more]) => which.map((peer) => [peer, name, more] as const));

  it.each(cases)('%s: %s', async (name, scenario, more) => {
    const { peer, ended, printed } = await against(client, name, scenario, [], more);
    expect(ended).toMatchObject({ code: 7, stderr: '' });
    expect(once(peer.rows)).toEqual(printed);
    // where a call's answer is sure to arrive, nothing is sent twice
    if (scenario !== 'connections end') expect(peer.rows).toHaveLength(printed.length);
    expect(peer.told.filter(({ wrong }) => wrong)).toEqual([]);
    if (scenario === 'pings a lot') expect(peer.told).toContainEqual({ pings: expect.any(Number) });
  });

  it.each(Object.keys(peers) as PeerName[])('%s: over TLS', async (name) => {
    const { peer, ended, printed } = await against(client, name, 'stores', files);
    expect(ended).toMatchObject({ code: 7, stderr: '' });
    expect(peer.rows).toEqual(printed);
    if (name === 'h2') expect(peer.told).toEqual([{ alpn: 'h2' }]);
  });

  it('h2: a certificate that nobody trusts gets nothing', async () => {
    const env = { KATIB_PUSH_CA_CERT: '', KATIB_PUSH_FLUSH_TIMEOUT: '1' };
    const { peer, ended, printed } = await against(client, 'h2', 'stores', files, {}, env);
    expect(peer.rows).toEqual([]);
    expect(ended.code).toBe(7);
    expect(readSaid(ended.stderr)).toMatchObject({ count: printed.length, spilled: printed.length });
  });
});

async function against(
  client: ConformingClient,
  name: PeerName,
  scenario: string,
  tls: readonly string[],
  more: Partial<Plan> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const plan: Plan = { kind: 'blocks', sizes: SIZES, ...(more as object) };
  const peer: Peer = await startPeer(name, scenario, tls);
  try {
    const program = startRunning({
      client,
      text: programText(client.language, plan),
      env: {
        [client.variable]: client.source,
        KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['loss'], filters: null }),
        KATIB_TRIAL_NAME: 'peers',
        KATIB_DB_MANAGER_ADDRESS: `${tls.length ? 'https://' : ''}127.0.0.1:${peer.port}`,
        ...(tls.length ? { KATIB_PUSH_CA_CERT: tls[0] as string } : {}),
        ...env,
      },
    });
    const early = program.ended.then(() => {});
    let printed = 0;
    for (const size of SIZES) {
      program.go();
      printed += size;
      // each block is a call of its own, unless nothing arrives at all
      await Promise.race([env.KATIB_PUSH_CA_CERT === '' ? program.blocks(1) : peer.accepted(printed), early]);
    }
    const ended = await program.ended;
    const end = 'pad' in plan && plan.pad ? `.${'1'.repeat(plan.pad)}` : '';
    return { peer, ended, printed: Array.from({ length: printed }, (_, i) => `loss=${i}${end}`) };
  } finally {
    await peer.close();
  }
}

function once(rows: readonly string[]): string[] {
  return [...new Set(rows)];
}
