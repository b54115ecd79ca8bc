/** What every environment variable of ours starts with. */
export const environmentPrefix = 'KATIB_PUSH_WEBHOOK_';

/** `tlsMinVersion` as a flag: `--tls-min-version`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `tlsMinVersion` as an environment variable: `KATIB_PUSH_WEBHOOK_TLS_MIN_VERSION`. */
export function variableOf(key: string): string {
  return environmentPrefix + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
