import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { neutralise } from '../terminal/neutralise.ts';

/** The body of `katib-push serve`; gives the exit code. */
export async function serveWebhook(
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
