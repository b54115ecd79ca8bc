import { layHelp } from '@katib-push/webhook/settings';
import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import type { Act } from './act.ts';
import { readPort } from './options.ts';

/** Declares `katib-push playground`. */
export function declarePlayground(program: Command, act: Act): void {
  program
    .command('playground')
    .description('Serve a page that previews what you type, on this machine alone, until it is interrupted.')
    .addOption(
      new Option('-p, --port <number>', 'port; 0 for any free one').argParser(readPort).default(8642),
    )
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => servePlayground));
}

/** The body of `katib-push playground`; gives the exit code. */
async function servePlayground(
  { port }: { readonly port: number },
  { io, note, colours }: Context,
): Promise<number> {
  const stopped = io.untilStopped();
  const { servePage } = await import('../playground/serve-page.ts');
  const page = await servePage(port);
  note([`Playground: ${colours.bold(page.url)}`, colours.dim('Ctrl-C ends it.')]);
  await stopped;
  await page.close();
  return exitCode.ok;
}

const afterHelp = `
The engine runs in the page; what is typed there stays there.

Exit codes: 0 interrupted, 2 the port can't be used or the page was not built.`;
