import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { connectDbManager } from '@katib-push/db-manager';
import { afterAll, describe, expect, it } from 'vitest';
import { manager, runLine, runShim } from './run-shim.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

/** A server that takes connections and never answers; and a promise of its first connection. */
async function hungServer(): Promise<{ address: string; called: Promise<unknown> }> {
  const server = createServer((socket) => sockets.add(socket.on('error', () => {}).resume()));
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, called: once(server, 'connection') };
}

/** Rows of the spill file that a run left. */
function spilled(folder: string, trial: string): string[] {
  const path = join(folder, `katib-push-${trial}.jsonl`);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { metric } = JSON.parse(line);
    return `${metric.name}=${metric.value}`;
  });
}

describe.concurrent('deliver: success', () => {
  const config = { deliver: 'success' };

  it('reports nothing until the command has succeeded, then everything in order', async () => {
    const { rows, stderr } = await runLine('echo loss=1; echo accuracy=2; read line; echo loss=3', {
      config,
      drive: async ({ child, said, trial }) => {
        await said('accuracy=2');
        expect(manager.observations(trial)).toEqual([]);
        child.stdin.end('\n');
      },
    });
    expect({ rows, stderr }).toEqual({ rows: ['loss=1', 'accuracy=2', 'loss=3'], stderr: '' });
  });

  it('reports nothing of a command that fails, and counts it', async () => {
    const { rows, stderr, code } = await runLine('echo loss=1; echo loss=2; exit 3', { config });
    expect({ rows, code }).toEqual({ rows: [], code: 3 });
    expect(stderr).toBe('katib-push: 2 observations are not pushed: the command failed\n');
  });

  it('holds more rows than memory should', async () => {
    const { rows, stderr } = await runLine(
      'i=0; while [ $i -lt 5 ]; do seq -f loss=%g 20000; i=$((i + 1)); done >rows; cat rows',
      { config },
    );
    expect(stderr).toBe('');
    expect(rows.length).toBe(100_000);
    expect(rows[99_999]).toBe('loss=20000');
  });

  it('spills what it can not deliver', async () => {
    const { address } = await hungServer();
    let left: string[] = [];
    const { stderr, trial } = await runLine('seq -f loss=%g 3000', {
      config,
      env: { KATIB_DB_MANAGER_ADDRESS: address, KATIB_PUSH_FLUSH_TIMEOUT: '0.5' },
      inspect: (folder, name) => {
        left = spilled(folder, name);
      },
    });
    expect(left.toSorted()).toEqual(Array.from({ length: 3000 }, (_, i) => `loss=${i + 1}`).toSorted());
    expect(stderr).toContain(`katib-push: 3000 observations did not reach ${address} (`);
    expect(trial).toBeTruthy();
  });
});

describe.concurrent('deliver: if-none', () => {
  const config = { deliver: 'if-none' };

  it('reports where nobody else did', async () => {
    const { rows, stderr } = await runLine('echo loss=1; echo loss=2', { config });
    expect({ rows, stderr }).toEqual({ rows: ['loss=1', 'loss=2'], stderr: '' });
  });

  it('leaves a trial alone that reported itself', async () => {
    const other = await connectDbManager(manager.address);
    const { rows, stderr } = await runLine('echo loss=1; read line; echo loss=2', {
      config,
      drive: async ({ child, said, trial }) => {
        await said('loss=1');
        await other.report(trial, [{ name: 'loss', value: '7', time: '2026-01-01T00:00:00Z' }]);
        child.stdin.end('\n');
      },
    });
    other.close();
    expect(rows).toEqual(['loss=7']);
    expect(stderr).toBe(
      'katib-push: 2 observations are not pushed: the command reported its metrics itself\n',
    );
  });

  it('spills where nobody says whether somebody did', async () => {
    const { address } = await hungServer();
    const { stderr } = await runLine('echo loss=1', {
      config,
      env: { KATIB_DB_MANAGER_ADDRESS: address, KATIB_PUSH_FLUSH_TIMEOUT: '0.3' },
    });
    expect(stderr).toMatch(/^katib-push: 1 observations did not reach \S+ \(.*\): 1 are in /);
  });
});

describe.concurrent('a SIGTERM from outside', () => {
  it('ends pushing at once: what waits and what follows is counted', async () => {
    const { address, called } = await hungServer();
    let left: string[] = [];
    const { code, stderr, stdout } = await runLine(
      'trap "echo loss=3; exit 5" TERM; echo loss=1; echo loss=2; read line',
      {
        env: { KATIB_DB_MANAGER_ADDRESS: address },
        drive: async ({ child, said }) => {
          await Promise.all([called, said('loss=2\n')]);
          child.kill('SIGTERM');
        },
        inspect: (folder, name) => {
          left = spilled(folder, name);
        },
      },
    );
    expect({ code, stdout, left }).toEqual({ code: 5, stdout: 'loss=1\nloss=2\nloss=3\n', left: [] });
    expect(stderr).toBe('katib-push: 3 observations are not pushed: SIGTERM ended the trial\n');
  });

  it('that comes while the last rows are on their way does, too', async () => {
    const { address, called } = await hungServer();
    const { code, stderr } = await runLine('echo loss=1; echo ended; exit 0', {
      env: { KATIB_DB_MANAGER_ADDRESS: address },
      drive: async ({ child, said }) => {
        await Promise.all([called, said('ended')]);
        child.kill('SIGTERM');
      },
    });
    expect([0, 143]).toContain(code);
    expect(stderr).toBe('katib-push: 1 observations are not pushed: SIGTERM ended the trial\n');
  });

  it('leaves alone what was delivered before', async () => {
    const { rows, stderr } = await runLine('echo loss=1; read line; echo loss=2; read line', {
      drive: async ({ child, stored }) => {
        await stored(1);
        child.stdin.write('\n');
        await stored(2);
        child.kill('SIGTERM');
      },
    });
    expect(rows).toEqual(['loss=1', 'loss=2']);
    // The answer to the second may still be on its way.
    expect(stderr).toMatch(/^(?:katib-push: 1 observations are not pushed: SIGTERM ended the trial\n)?$/);
  });
});

describe.concurrent('a DB manager', () => {
  it('that never answers holds up no output: all rows are in the spill file', async () => {
    const { address } = await hungServer();
    let left: string[] = [];
    const { stdout } = await runLine('seq -f loss=%g 150000', {
      env: { KATIB_DB_MANAGER_ADDRESS: address, KATIB_PUSH_FLUSH_TIMEOUT: '0.2' },
      inspect: (folder, name) => {
        left = spilled(folder, name);
      },
    });
    expect(stdout.split('\n').length).toBe(150_001);
    expect(new Set(left).size).toBe(150_000);
    expect(left.length).toBe(150_000);
  });

  it('that nobody finds makes the job fail where that is asked for', async () => {
    const env = {
      KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1',
      KATIB_PUSH_ON_FAILURE: 'fail',
      KATIB_PUSH_FLUSH_TIMEOUT: '0.1',
      KATIB_PUSH_SPILL: 'off',
    };
    const ended = await runLine('echo loss=1', { env });
    expect(ended.code).toBe(75);
    expect(ended.stderr).toMatch(
      /^katib-push: 1 observations did not reach 127.0.0.1:1 \(.*\): 1 are lost\n$/,
    );
    expect((await runLine('echo loss=1; exit 3', { env })).code).toBe(3);
  });
});

describe.concurrent('a success without the objective', () => {
  it.each([
    ['echo "loss: 0.5"; echo accuracy=1; echo bye', 'loss: 0.5'],
    ['echo "Loss 0.5"; echo bye', 'Loss 0.5'],
    ['echo bye', 'bye'],
  ])('is said, with the nearest line: %s', async (line, nearest) => {
    const { stderr, code } = await runLine(line);
    expect(code).toBe(0);
    expect(stderr).toBe(
      `katib-push: no value of the objective loss was found. The nearest line: ${nearest} (katib-push explain --log FILE -m "loss" proposes a metricsFormat)\n`,
    );
  });

  it('is said in words that a shell takes, whatever the name', async () => {
    const { stderr } = await runLine('echo bye', { config: { metrics: ["it's (Val Acc)"] } });
    expect(stderr).toContain(`(katib-push explain --log FILE -m "it's (Val Acc)" proposes a metricsFormat)`);
  });

  it.each([
    ['true', {}, 'printed'],
    ['echo; echo " "', {}, 'printed'],
    ['echo loss=1', { file: { path: 'metrics.log', format: 'TEXT' } }, 'written to metrics.log'],
  ])('is said where there is no line at all: %s', async (line, config, where) => {
    const { stderr, code } = await runLine(line, { config });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `katib-push: no value of the objective loss was found: nothing was ${where}\n`,
    });
  });

  it('is said once where its values are held back', async () => {
    expect((await runLine('echo loss=nan; echo accuracy=1')).stderr).toBe(
      'katib-push: 1 values are not pushed: no finite numbers (first: loss=nan)\n',
    );
  });

  it('is nothing to talk about where the command failed', async () => {
    expect((await runShim({ words: ['false'] })).stderr).toBe('');
  });
});
