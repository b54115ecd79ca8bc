import { followCommand, type Language, outermostLayer } from '@katib-push/core';

/** Words of a line; `'…'` holds together. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** What a line comes to, in one line: language, where the program is, its text or name, `!` if the environment may be lost. */
export function followLine(line: string, languages: readonly Language[]): string {
  const words = wordsOf(line).map((text, i) => outermostLayer(text, `word ${i}`, `/${i}`));
  const followed = followCommand(words, { languages, dropsEnvironment: false });
  if (followed.kind === 'unknown') return `unknown: ${followed.reason}`;
  if (followed.kind === 'nothing') return 'nothing';
  const drops = followed.dropsEnvironment ? ' !' : '';
  if (followed.kind === 'command')
    return `command ${followed.words.map((word) => word.text).join(' ')}${drops}`;
  const { source, args } = followed;
  const program =
    source.kind === 'inline'
      ? source.text.text
      : source.kind === 'file'
        ? source.path.text
        : source.kind === 'module'
          ? source.name.text
          : '';
  const rest = args.length > 0 ? ` (${args.map((word) => word.text).join(' ')})` : '';
  return `${followed.language.name} ${source.kind} ${program}`.trim() + rest + drops;
}
