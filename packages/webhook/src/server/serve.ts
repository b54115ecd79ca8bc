import { settings as settingDefaults } from './settings/catalogue.ts';
import { readSettings, type SettingSources } from './settings/read-settings.ts';
import { startWebhookServer } from './start-webhook-server.ts';

/** The world of a command that serves. */
export interface ServeWorld extends Omit<SettingSources, 'flags'> {
  /** Takes the log, one JSON object a line. */
  readonly writeLog: (line: string) => void;
  /** Called when the server listens, with URLs that reach it from this machine. */
  readonly started?: (urls: { readonly reviews: string; readonly admin: string }) => void;
  /** Resolves when the server should end. Asked for before it starts. */
  readonly untilStopped: () => Promise<unknown>;
}

/**
 * The body of `katib-push serve` and `katib-push-webhook`: reads the settings, serves until it is stopped, and resolves
 * when all has ended. Rejects with {@link WebhookServerError}: `usage` or `address`.
 */
export async function serve(flags: SettingSources['flags'], world: ServeWorld): Promise<void> {
  const stopped = world.untilStopped();
  const settings = await readSettings({ ...world, flags });
  const server = await startWebhookServer({ ...settings, writeLog: world.writeLog, processMetrics: true });
  const { address, adminAddress } = server;
  const { path = settingDefaults.path.fallback } = settings;
  world.started?.({
    reviews: `https://${reachable(address)}${path}`,
    admin: `http://${reachable(adminAddress)}`,
  });
  await stopped;
  await server.close();
}

function reachable(address: string): string {
  return address.replace(/^(?:\[::\]|0\.0\.0\.0)(?=:)/, 'localhost');
}
