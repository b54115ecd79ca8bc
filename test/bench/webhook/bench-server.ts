import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What the process has used. */
export interface Usage {
  /** Milliseconds of CPU since its start, of all its threads. */
  readonly cpu: number;
  /** Bytes after a garbage collection: of the main heap, outside of heaps, and of the whole process. */
  readonly heap: number;
  readonly external: number;
  readonly resident: number;
}

/** The server in a process of its own. */
export interface BenchServer {
  readonly url: string;
  readUsage(): Promise<Usage>;
  /** The sum of a metric over its labels. */
  readMetric(name: string): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the server and waits until it is ready. */
export async function startBenchServer(): Promise<BenchServer> {
  const child = fork(new URL('./server.ts', import.meta.url), {
    execArgv: ['--conditions=source', '--expose-gc'],
  });
  const ended = once(child, 'exit');
  const { address, adminAddress } = await receive<{ address: string; adminAddress: string }>(child);
  const admin = async (path: string) => fetch(`http://${adminAddress}${path}`);
  while ((await admin('/readyz')).status !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    url: `https://${address}/mutate?timeout=30s`,
    readUsage() {
      child.send('usage');
      return receive<Usage>(child);
    },
    async readMetric(name) {
      const lines = (await (await admin('/metrics')).text()).split('\n');
      const found = lines.filter((line) => line.startsWith(`katib_push_webhook_${name}`));
      return found.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    },
    async stop() {
      child.send('stop');
      await ended;
    },
  };
}

async function receive<Message>(child: ChildProcess): Promise<Message> {
  const [message] = await once(child, 'message');
  return message as Message;
}
