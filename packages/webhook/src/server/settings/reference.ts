import { type SettingKey, settingKeys, settingOf } from './catalogue.ts';
import { flagOf, variableOf } from './setting.ts';

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

/** The JSON schema of the configuration file; kept as schema/configuration.schema.json. */
export function settingsSchema(): Readonly<Record<string, unknown>> {
  const property = (key: SettingKey) => {
    const { kind, meaning, fallback } = settingOf(key);
    const shown =
      typeof fallback === 'number' && kind.schema.type !== 'integer' ? kind.print(fallback) : fallback;
    return { description: meaning, ...kind.schema, ...(fallback === undefined ? {} : { default: shown }) };
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of the katib-push webhook server',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(settingKeys.map((key) => [key, property(key)])),
  };
}

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
