import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { servePage } from '../playground/serve-page.ts';

/** The body of `katib-push playground`; gives the exit code. */
export async function servePlayground(
  { port }: { readonly port: number },
  { io, note, colours }: Context,
): Promise<number> {
  const stopped = io.untilStopped();
  const page = await servePage(port);
  note([`Playground: ${colours.bold(page.url)}`, colours.dim('Ctrl-C ends it.')]);
  await stopped;
  await page.close();
  return exitCode.ok;
}
