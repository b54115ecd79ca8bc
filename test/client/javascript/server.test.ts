import { constants } from 'node:http2';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { grpc, type StrictServer, startStrictServer } from '../strict-server.ts';
import { push } from './javascript.ts';
import { nodes } from './nodes.ts';

type Answer = Parameters<typeof startStrictServer>[0];
type Options = Parameters<typeof startStrictServer>[1];

const PRINTS = 'for (let i = 0; i < 5; i++) _katib_push(console).log(`accuracy=${i}`);\n';
const ROWS = [0, 1, 2, 3, 4].map((i) => `accuracy=${i}`);
const MANY = `for (let i = 0; i < 3000; i++) _katib_push(console).log(\`accuracy=\${i}\`);
for (let i = 0; i < 4; i++) _katib_push(console).log(\`loss=\${i}.\` + '7'.repeat(300000));\n`;
const oldest = [...nodes().values()][1];

async function against(answer: Answer, script = PRINTS, options: Options = {}, node = process.execPath) {
  const server: StrictServer = await startStrictServer(answer, options);
  try {
    const outcome = await push({ script, node, env: { KATIB_DB_MANAGER_ADDRESS: server.address } });
    return { ...outcome, rows: server.rows, calls: server.calls, connections: server.connections };
  } finally {
    server.close();
  }
}

describe('a server that works', () => {
  it('gets one call for a few rows', async () => {
    expect(await against(() => ({}))).toMatchObject({ rows: ROWS, calls: 1, connections: 1, stderr: '' });
  });

  it('gets the rows of a long run over one connection, soon after they are written', async () => {
    const { rows, calls, connections } = await against(
      () => ({}),
      `let i = 0; const t = setInterval(() => { _katib_push(console).log('accuracy=' + i++); if (i > 4) clearInterval(t); }, 150)`,
    );
    expect({ rows, connections }).toEqual({ rows: ROWS, connections: 1 });
    expect(calls).toBeGreaterThan(2); // one each, but on a machine that is busy
  });

  it('pads every frame, has small windows and a large frame size', async () => {
    const { rows, stderr, connections } = await against(() => ({}), MANY, {
      paddingStrategy: constants.PADDING_STRATEGY_MAX,
      settings: { initialWindowSize: 1000, maxFrameSize: 20_000 },
    });
    expect(rows.slice(0, 3000)).toEqual(Array.from({ length: 3000 }, (_, i) => `accuracy=${i}`));
    expect(rows.slice(3000).map((row) => row.slice(0, 8))).toEqual([
      'loss=0.7',
      'loss=1.7',
      'loss=2.7',
      'loss=3.7',
    ]);
    expect({ stderr, connections }).toEqual({ stderr: '', connections: 1 });
  });
});

describe.concurrent('a server with trouble', () => {
  const first =
    (answer: ReturnType<Answer>): Answer =>
    (call) =>
      call > 1 ? {} : answer;

  it.each<[string, Answer]>([
    ['is unavailable at first', (call) => ({ status: call < 3 ? 14 : 0 })],
    ['has trouble with its database', (call) => ({ status: call < 3 ? 2 : 0 })],
    ['resets a call', first({ answer: (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM) })],
    ['closes the connection', first({ answer: (_, session) => session.destroy() })],
    [
      'goes away',
      first({
        answer(stream, session) {
          session.goaway();
          grpc(stream, 14);
        },
      }),
    ],
    [
      'answers without gRPC',
      first({
        answer(stream) {
          stream.respond({ ':status': 503 });
          stream.end('busy');
        },
      }),
    ],
  ])('%s', async (_, answer) => {
    for (const node of [process.execPath, oldest ?? process.execPath]) {
      const { rows, stderr, code, took } = await against(answer, PRINTS, {}, node);
      expect({ rows, stderr, code }).toEqual({ rows: ROWS, stderr: '', code: 0 });
      expect(took).toBeLessThan(25_000); // the limit of an exit is 30 s
    }
  });

  it('closes the connection after each call', async () => {
    const { rows, stderr } = await against(
      () => ({
        answer(stream, session) {
          stream.on('end', () => grpc(stream, 0));
          stream.on('close', () => session.destroy());
        },
      }),
      `let i = 0; const t = setInterval(() => { _katib_push(console).log('accuracy=' + i++); if (i > 4) clearInterval(t); }, 100)`,
    );
    expect({ rows, stderr }).toEqual({ rows: [], stderr: '' });
  });

  it.each([
    [12, 1],
    [3, 9], // 5, 2, 3, 1, 1, … rows
  ])('refuses with %d for good: spills, and says so once', async (status, wanted) => {
    const { rows, spilled, stderr, code, calls } = await against(
      () => ({ status }),
      `${PRINTS}process.exit(7)`,
    );
    expect({ rows, code, calls }).toEqual({ rows: [], code: 7, calls: wanted });
    expect(spilled?.toSorted()).toEqual(ROWS);
    expect(stderr).toMatch(
      /^katib-push: 5 observations did not reach 127\S+ \(grpc-status \d+ answer \d\): 5 are in \S+ \(katib-push replay \S+\)\n$/,
    );
  });

  it.each([
    ['nobody listens', '127.0.0.1:9'],
    ['there is no such name', 'katib.invalid:6789'],
    ['the address is none', 'http://[:x'],
  ])('%s: ends in time, with the same exit code', async (_, address) => {
    const { stdout, stderr, code, took, spilled } = await push({
      script: `${PRINTS}process.exit(7)`,
      env: { KATIB_DB_MANAGER_ADDRESS: address, KATIB_PUSH_FLUSH_TIMEOUT: '1.5' },
    });
    expect({ code, stdout }).toEqual({ code: 7, stdout: `${ROWS.join('\n')}\n` });
    expect(stderr).toMatch(/^katib-push: 5 observations did not reach \S+ \(.+\): 5 are in .+\n$/);
    expect(spilled).toEqual(ROWS);
    expect(took).toBeLessThan(9000); // where nobody ever answered, it is 10 s
  });

  it.each([
    ['is full', '/dev/full', /; ENOSPC: .*\): 5 are lost\n$/],
    ['is a folder', '/tmp', /; E\w+: .*\): 5 are lost\n$/],
    ['has no folder', '/nowhere/rows.jsonl', /; ENOENT: .*\): 5 are lost\n$/],
  ])('cannot be reached, and the spill file %s: lost, and counted with the reason', async (_, path, said) => {
    const { stderr, code } = await push({
      script: PRINTS,
      env: {
        KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1',
        KATIB_PUSH_FLUSH_TIMEOUT: '0.5',
        KATIB_PUSH_SPILL: path,
      },
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(said);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it.each([
    ['is silent', ''],
    ['speaks HTTP/1', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'],
  ])('%s', async (_, text) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    for (const node of [process.execPath, oldest ?? process.execPath]) {
      const env = { KATIB_DB_MANAGER_ADDRESS: `127.0.0.1:${port}`, KATIB_PUSH_FLUSH_TIMEOUT: '1' };
      const { code, took, stderr } = await push({ script: PRINTS, env, node });
      expect(code).toBe(0);
      expect(stderr).toMatch(/^katib-push: 5 observations did not reach /);
      expect(took).toBeLessThan(25_000);
    }
    server.close();
  });

  it('is reached by a name that has several addresses', async () => {
    const server = await startStrictServer(() => ({}));
    const env = { KATIB_DB_MANAGER_ADDRESS: server.address.replace('127.0.0.1', 'localhost') };
    for (const node of nodes().values()) await push({ script: PRINTS, env, node });
    expect(server.rows).toEqual([...nodes()].flatMap(() => ROWS));
    server.close();
  });
});
