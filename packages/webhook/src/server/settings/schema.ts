import { type SettingKey, settingKeys, settingOf } from './catalogue.ts';

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
