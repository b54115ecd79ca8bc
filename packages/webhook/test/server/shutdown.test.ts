import { once } from 'node:events';
import { Agent } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { reviewOf, sdkExperiment, smallReview } from './reviews.ts';
import { type Answer, send } from './send.ts';
import { spawnSource, waitForPorts, waitForRecord } from './spawn-bin.ts';
import { allowAll, startServer } from './start-server.ts';

const flags = ['--self-signed', '--host=127.0.0.1', '--port=0', '--admin-host=127.0.0.1', '--admin-port=0'];
const bin = 'packages/webhook/src/bin.ts';

describe('SIGTERM under load', () => {
  it('resets nothing, and ends with 0', async () => {
    const spawned = spawnSource(bin, [...flags, '--shutdown-delay=6s']);
    const { port, adminPort } = await waitForPorts(spawned);
    const ready = () => fetch(`http://127.0.0.1:${adminPort}/readyz`);
    await expect.poll(async () => (await ready()).status).toBe(200);

    let routed = true;
    let answered = 0;
    const failures: unknown[] = [];
    const rewrite = JSON.stringify(reviewOf(sdkExperiment()));
    const judge = ({ status }: Answer) => (status === 200 ? answered++ : failures.push(status));
    const agents = Array.from({ length: 6 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
    const load = [...agents, false as const, false as const].map(async (agent, index) => {
      while (routed) {
        await send(port, index === 0 ? rewrite : smallReview, { agent }).then(judge, (error) =>
          failures.push(error),
        );
      }
    });
    const slow = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    await once(slow, 'secureConnect');
    const head = `POST /mutate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${smallReview.length}`;
    slow.write(`${head}\r\n\r\n${smallReview.slice(0, 50)}`);
    await expect.poll(() => answered).toBeGreaterThan(20);

    const before = answered;
    spawned.process.kill('SIGTERM');
    // As a cluster does it: not ready is seen by looking, then nothing is sent there any more.
    await expect.poll(async () => (await ready()).status, { interval: 50 }).toBe(503);
    expect(await (await ready()).text()).toBe('stopping\n');
    await wait(300);
    routed = false;
    await Promise.all(load);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(before);

    await expect
      .poll(() =>
        send(port).then(
          () => 'open',
          ({ code }) => code,
        ),
      )
      .toBe('ECONNREFUSED');
    slow.write(smallReview.slice(50));
    expect(await text(slow)).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:.+\r\n)*connection: close\r\n/i);
    expect(await spawned.ended).toBe(0);
    expect(spawned.output.stderr).toBe('');
    expect(spawned.output.stdout.trimEnd().split('\n').at(-1)).toContain('"msg":"stopped"');
    for (const agent of agents) agent.destroy();
  });
});

describe('close()', () => {
  it('asks clients to leave from the start', async () => {
    const { server, port } = await startServer({ shutdownDelay: 2000, createHandler: allowAll });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await send(port, smallReview, { agent })).headers.connection).toBe('keep-alive');
    const closed = server.close();
    expect(server.close()).toBe(closed);
    expect((await send(port, smallReview, { agent })).headers.connection).toBe('close');
    expect((await send(port, 'hello', { agent })).headers.connection).toBe('close');
    await closed;
    await expect(send(port)).rejects.toThrow('ECONNREFUSED');
  });

  it('cuts off what takes too long', async () => {
    const entered = Promise.withResolvers<void>();
    const hang = () => {
      entered.resolve();
      return new Promise<never>(() => {});
    };
    const createHandler = () =>
      Object.assign(hang, {
        ready: async () => undefined,
        close: async () => undefined,
      });
    const { server, port, log } = await startServer({ drainTimeout: 200, createHandler });
    const sent = send(port).catch((error: NodeJS.ErrnoException) => error.code);
    await entered.promise;
    await server.close();
    expect(await sent).toBe('ECONNRESET');
    expect(log).toContainEqual(
      expect.objectContaining({ level: 'warn', requests: 1, msg: 'requests were cut off' }),
    );
  });

  it('waits for nobody who asks for nothing', async () => {
    const { server, port } = await startServer({ drainTimeout: 60_000 });
    const idle = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    idle.on('error', () => {});
    await once(idle, 'secureConnect');
    await server.close();
    if (!idle.closed) await once(idle, 'close');
  });

  it('ends the handler after the last answer', async () => {
    const order: string[] = [];
    const entered = Promise.withResolvers<void>();
    const createHandler = () => {
      const allow = allowAll();
      return Object.assign(
        async (review: unknown) => {
          entered.resolve();
          await wait(200);
          order.push('answered');
          return allow(review);
        },
        { ready: async () => undefined, close: async () => void order.push('closed') },
      );
    };
    const { server, port } = await startServer({ createHandler });
    const sent = send(port);
    await entered.promise;
    await server.close();
    expect((await sent).status).toBe(200);
    expect(order).toEqual(['answered', 'closed']);
  });
});

describe('the program', () => {
  it('ends with SIGINT, too', async () => {
    const spawned = spawnSource(bin, [...flags, '--shutdown-delay=0s']);
    await waitForPorts(spawned);
    spawned.process.kill('SIGINT');
    expect(await spawned.ended).toBe(0);
  });

  it('ends at once with a second signal', async () => {
    const spawned = spawnSource(bin, [...flags, '--shutdown-delay=1m']);
    await waitForPorts(spawned);
    spawned.process.kill('SIGINT');
    await waitForRecord(spawned, 'stopping');
    spawned.process.kill('SIGTERM');
    expect(await spawned.ended).toBe('SIGTERM');
  });
});
