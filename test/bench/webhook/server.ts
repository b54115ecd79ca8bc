// The server of the bench, in a process of its own (--expose-gc): the real one, with default settings. Tells its parent
// where it listens, and, when it is asked, its CPU time and its memory after a garbage collection.
import { startWebhookServer } from '@katib-push/webhook/server';

const server = await startWebhookServer({
  host: '127.0.0.1',
  port: 0,
  adminHost: '127.0.0.1',
  adminPort: 0,
  selfSigned: true,
  shutdownDelay: 0,
  rewriteTimeout: 30_000, // every review is to be rewritten, however long the queue of the bench makes it wait
  writeLog: () => {},
});

process.on('message', async (message) => {
  if (message === 'stop') {
    await server.close();
    process.exit(0);
  }
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ cpu: (user + system) / 1000, heap: heapUsed, external, resident: rss });
});
process.on('disconnect', () => process.exit(1)); // the bench is gone
process.send?.({ address: server.address, adminAddress: server.adminAddress });
