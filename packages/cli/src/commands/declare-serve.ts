import { addSettingFlags, layHelp } from '@katib-push/webhook/settings';
import type { Command } from 'commander';
import type { Act } from './act.ts';

/** Declares `katib-push serve`. */
export function declareServe(program: Command, act: Act): void {
  const command = program
    .command('serve')
    .description('Serve the admission webhook until it is interrupted. The log is JSON, on standard output.');
  addSettingFlags(command);
  command
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => (await import('./serve.ts')).serveWebhook));
}

const afterHelp = `
Examples:
  katib-push serve --self-signed
  katib-push serve --tls-certificate tls.crt --tls-key tls.key --enable
  katib-push serve --config webhook.yaml --log-level debug

Each flag is also an environment variable (--port: KATIB_PUSH_WEBHOOK_PORT) and a key of the file (port); a flag wins
over a variable, that over the file.

Exit codes: 0 interrupted, 2 a setting, file or port can't be used.`;
