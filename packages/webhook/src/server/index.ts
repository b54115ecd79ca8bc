export { WebhookServerError, type WebhookServerErrorCode } from './errors.ts';
export type { WebhookServerOptions } from './options.ts';
export { type ServeWorld, serve } from './serve.ts';
export { readSettings, type SettingSources } from './settings/read-settings.ts';
export { startWebhookServer, type WebhookServer } from './start-webhook-server.ts';
