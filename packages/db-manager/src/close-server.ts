import type { Server } from '@grpc/grpc-js';

/** How long calls that have begun may go on. */
const GRACE_MS = 1000;

/**
 * Closes a server: no new connections or calls, a short time for those under way (a reflection stream stays open as long
 * as its client likes), then force. `endStreams` ends the streams that are ours to end.
 */
export async function closeServer(server: Server, endStreams: () => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
    endStreams();
  });
}
