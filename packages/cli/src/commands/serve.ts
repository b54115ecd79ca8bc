import { resolve } from 'node:path';
import { addSettingFlags, layHelp } from '@katib-push/webhook/settings';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { neutralise } from '../terminal/neutralise.ts';
import type { Act } from './act.ts';

/** Declares `katib-push serve`. */
export function declareServe(program: Command, act: Act): void {
  const command = program
    .command('serve')
    .description('Serve the admission webhook until it is interrupted. The log is JSON, on standard output.');
  addSettingFlags(command);
  command.addHelpText('after', layHelp(afterHelp)).action(act(async () => serveWebhook));
}

/** The body of `katib-push serve`; gives the exit code. */
async function serveWebhook(
  flags: Readonly<Record<string, unknown>>,
  { io, services, errorColours: colours, note }: Context,
): Promise<number> {
  const { serve } = await services.loadWebhookServer();
  await serve(flags, {
    environment: io.env,
    resolvePath: (path) => resolve(io.cwd, path),
    readFile: async (path) => new TextDecoder().decode(await io.readFile(path)),
    writeLog: (line) => io.stdout.write(line),
    untilStopped: io.untilStopped,
    started: ({ reviews, admin }) =>
      note([
        `Admission reviews: ${neutralise(reviews)}`,
        `Health and metrics: ${neutralise(admin)}`,
        colours.dim('Ctrl-C stops it, a second one at once.'),
      ]),
  });
  return exitCode.ok;
}

const afterHelp = `
Examples:
  katib-push serve --self-signed
  katib-push serve --tls-certificate tls.crt --tls-key tls.key --enable
  katib-push serve --config webhook.yaml --log-level debug

Each flag is also an environment variable (--port: KATIB_PUSH_WEBHOOK_PORT) and a key of the file (port); a flag wins
over a variable, that over the file.

Exit codes: 0 interrupted, 2 a setting, file or port can't be used.`;
