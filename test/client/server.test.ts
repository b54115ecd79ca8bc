import { constants } from 'node:http2';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { lines } from '../lines.ts';
import { ownHost } from './own-host.ts';
import { python } from './push.ts';
import { pushEnv, runPython } from './python.ts';
import { grpc, type StrictServer, startStrictServer } from './strict-server.ts';

type Answer = Parameters<typeof startStrictServer>[0];
type Options = Parameters<typeof startStrictServer>[1];

const PRINTS = 'for i in range(5):\n    _katib_push(print)(f"accuracy={i}")\n';
const ROWS = [0, 1, 2, 3, 4].map((i) => `accuracy=${i}`);
const MANY = lines`
    for i in range(3000):
        _katib_push(print)(f"accuracy={i}")
    for i in range(4):
        _katib_push(print)("loss=%d." % i + "7" * 300000)

  `;

/** Sends a SIGINT to the program itself, once its main thread waits in the client's `finish`. */
const INTERRUPTS_THE_END = lines`
    import os, signal, sys, threading
    def functions(frame):
        while frame:
            yield frame.f_code.co_name
            frame = frame.f_back
    def interrupt(main):
        # the client waits for a lock
        while list(functions(sys._current_frames()[main]))[:2] != ["<lambda>", "finish"]:
            pass
        os.kill(os.getpid(), signal.SIGINT)
    threading.Thread(target=interrupt, args=(threading.get_ident(),), daemon=True).start()

  `;

async function against(
  answer: Answer,
  script = PRINTS,
  options: Options = {},
  env: Record<string, string> = {},
) {
  const server = await startStrictServer(answer, options);
  try {
    const outcome = await runPython({ python, script, env: { ...pushEnv('t', server.address), ...env } });
    return { ...outcome, ...pick(server) };
  } finally {
    server.close();
  }
}

function pick({ rows, calls, connections }: StrictServer) {
  return { rows, calls, connections };
}

describe('a server that works', () => {
  it('gets one call for a few rows', async () => {
    expect(await against(() => ({}))).toMatchObject({ rows: ROWS, calls: 1, connections: 1, stderr: '' });
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

  it('sends long headers, in several frames', async () => {
    const long = 'x'.repeat(15_000);
    const { rows, stderr } = await against(() => ({
      answer(stream) {
        stream.on('end', () => grpc(stream, 0, { 'a-long-one': long, 'another-one': long }));
      },
    }));
    expect({ rows, stderr }).toEqual({ rows: [], stderr: '' });
  });

  it('pings and changes its settings', async () => {
    const { rows, stderr } = await against((call) =>
      call > 1
        ? {}
        : {
            answer(stream, session) {
              session.settings({ initialWindowSize: 10 });
              session.ping((error) => grpc(stream, error ? 13 : 14));
            },
          },
    );
    expect({ rows, stderr }).toEqual({ rows: ROWS, stderr: '' });
  });
});

describe('a server with trouble', () => {
  it.each<[string, Answer]>([
    ['is unavailable at first', (call) => ({ status: call < 3 ? 14 : 0 })],
    ['has trouble with its database', (call) => ({ status: call < 3 ? 2 : 0 })],
    [
      'resets a call',
      (call) => (call > 1 ? {} : { answer: (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM) }),
    ],
    ['closes the connection', (call) => (call > 1 ? {} : { answer: (_, session) => session.destroy() })],
    [
      'goes away',
      (call) =>
        call > 1
          ? {}
          : {
              answer(stream, session) {
                session.goaway();
                grpc(stream, 14);
              },
            },
    ],
    [
      'answers without gRPC',
      (call) =>
        call > 1
          ? {}
          : {
              answer(stream) {
                stream.respond({ ':status': 503 });
                stream.end('busy');
              },
            },
    ],
  ])('%s', async (_, answer) => {
    const { rows, stderr, code, took } = await against(answer);
    expect({ rows, stderr, code }).toEqual({ rows: ROWS, stderr: '', code: 0 });
    expect(took).toBeLessThan(25_000); // the limit of an exit is 30 s
  });

  it('refuses for good: spills, and says so once', async () => {
    const { rows, stderr, code } = await against(() => ({ status: 5 }), `${PRINTS}raise SystemExit(7)`);
    expect({ rows, code }).toEqual({ rows: [], code: 7 });
    expect(stderr).toMatch(
      /^katib-push: 5 observations did not reach 127\S+ \(grpc-status 5: answer 1\): 5 are in \S+t.jsonl \(katib-push replay \S+t.jsonl\)\n$/,
    );
  });

  it.each([
    ['nobody listens', '127.0.0.1:9'],
    ['there is no such name', 'katib.invalid:6789'],
  ])('%s: ends in time, with the same exit code', async (_, address) => {
    const env = { ...pushEnv('t', address), KATIB_PUSH_FLUSH_TIMEOUT: '1.5' };
    const { stdout, stderr, code, took } = await runPython({
      python,
      script: `${PRINTS}raise SystemExit(7)`,
      env,
    });
    expect({ code, stdout }).toEqual({ code: 7, stdout: `${ROWS.join('\n')}\n` });
    expect(stderr).toMatch(/^katib-push: 5 observations did not reach \S+ \(.+\): 5 are in .+\n$/);
    expect(took).toBeLessThan(9000); // where nobody ever answered, it is 10 s
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
    const env = { ...pushEnv('t', `127.0.0.1:${port}`), KATIB_PUSH_FLUSH_TIMEOUT: '1' };
    const { code, took, stderr } = await runPython({ python, script: PRINTS, env });
    server.close();
    expect(code).toBe(0);
    expect(stderr).toMatch(/^katib-push: 5 observations did not reach /);
    expect(took).toBeLessThan(25_000);
  });

  it('answers once: Ctrl-C ends the wait at exit', async () => {
    // no call takes more than 999 rows
    const script = `for i in range(1500):\n    _katib_push(print)(f"accuracy={i}")\n${INTERRUPTS_THE_END}`;
    const answer: Answer = (call) => (call === 1 ? {} : { answer() {} });
    const { code, stderr } = await against(answer, script, {}, { KATIB_PUSH_FLUSH_TIMEOUT: '100000' });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^katib-push: (\d+) observations did not reach \S+ \(.+\): \1 are in .+\n$/);
  });

  it('comes up later', async () => {
    const probe = await startStrictServer(() => ({}), {}, { host: ownHost });
    const { address } = probe;
    probe.close();
    const running = runPython({ python, script: PRINTS, env: pushEnv('t', address) });
    await new Promise((resolve) => setTimeout(resolve, 700));
    const server = await startStrictServer(
      () => ({}),
      {},
      { host: ownHost, port: Number(address.split(':')[1]) },
    );
    const { stderr, code } = await running;
    server.close();
    expect({ rows: server.rows, stderr, code }).toEqual({ rows: ROWS, stderr: '', code: 0 });
  });
});
