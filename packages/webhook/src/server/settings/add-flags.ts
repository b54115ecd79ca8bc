import { settingKeys, settingOf } from './catalogue.ts';
import { flagOf } from './setting.ts';

/** What is needed of commander's `Command`: not imported, so that both command lines bring their own. */
interface Options {
  option(flags: string, description: string): unknown;
}

/** Adds `--config` and a flag per setting to a command. Values stay texts: `readSettings` reads them. */
export function addSettingFlags(command: Options): void {
  command.option('--config <file>', 'YAML file of settings; flags and environment variables win over it');
  for (const key of settingKeys) {
    const { kind, meaning, fallback } = settingOf(key);
    const value = kind.placeholder === 'true' ? '[true|false]' : `<${kind.placeholder}>`;
    const shown = fallback === undefined || fallback === false ? '' : ` (default: ${kind.print(fallback)})`;
    command.option(`${flagOf(key)} ${value}`, firstSentence(meaning) + shown);
  }
}

/** The help has a line for what the table says in full. */
function firstSentence(meaning: string): string {
  const [, first = meaning, rest = ''] = /^(.*?)\.(?: (.*)|$)/.exec(meaning) ?? [];
  const fallback = /Default: [^.]+(?:\.[^ ]+)*/.exec(rest)?.[0].replace(/\.$/, '');
  const sentence = first.replaceAll('`', '').replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());
  return fallback === undefined
    ? sentence
    : `${sentence} (${fallback.replaceAll('`', '').replace(/^D/, 'd')})`;
}
