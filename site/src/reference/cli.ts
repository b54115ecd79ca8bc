import type { Page } from '../page.ts';
import { runCommand } from '../run-command.ts';

/** The command line: the help of each command. */
export async function cliPage(): Promise<Page> {
  const help = await runCommand(['--help']);
  const names = [...help.matchAll(/^ {2}([a-z][a-z-]+)(?: |$)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'katib-push' && name !== 'help');
  const sections = await Promise.all(
    names.map(async (name) => `## ${name}\n\n${block(await runCommand([name, '--help']))}`),
  );
  const text = `# The command line

What each command's \`--help\` says. [The command](command.md) shows them at work.

${block(help)}

${sections.join('\n\n')}
`;
  return { path: 'reference/cli', text };
}

function block(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}
