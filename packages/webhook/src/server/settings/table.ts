import { settingKeys, settingOf } from './catalogue.ts';
import { flagOf, variableOf } from './names.ts';

/** The table of all settings in Markdown; kept in docs/configuration.md. */
export function settingsTable(): string {
  const rows = settingKeys.map((key) => {
    const { kind, meaning, fallback } = settingOf(key);
    const flag = kind.placeholder === 'true' ? flagOf(key) : `${flagOf(key)} ${kind.placeholder}`;
    return [
      code(key),
      code(flag),
      code(variableOf(key)),
      fallback === undefined ? '' : code(kind.print(fallback)),
      meaning,
    ];
  });
  const config = ['', code('--config file'), code(variableOf('config')), '', 'The configuration file.'];
  const head = ['key in the file', 'flag', 'environment variable', 'default', 'meaning'];
  const lines = [head, head.map(() => '---'), config, ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
