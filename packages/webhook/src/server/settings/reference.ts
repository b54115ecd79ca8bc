import { type SettingKey, settingKeys, settingOf } from './catalogue.ts';
import { flagOf, variableOf } from './setting.ts';

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
