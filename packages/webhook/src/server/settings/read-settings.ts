import { WebhookServerError } from '../webhook-server-error.ts';
import { type SettingKey, type SettingValues, settingKeys, settingOf } from './catalogue.ts';
import { flagOf, variableOf } from './names.ts';
import { readConfigurationFile } from './read-configuration-file.ts';
import { fileVariable, readEnvironment } from './read-environment.ts';

/** Where settings come from. */
export interface SettingSources {
  /** What the flags give, by key: a text, or `true` for a bare flag; and `config`, the configuration file. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of a file; rejects with a Node error. */
  readonly readFile: (path: string) => Promise<string>;
  /** The absolute path of one that may be relative. */
  readonly resolvePath: (path: string) => string;
}

/**
 * The settings that are given: a flag wins over an environment variable, that over the configuration file. Defaults are
 * not filled in: `startWebhookServer` does. Rejects with {@link WebhookServerError} `usage`.
 */
export async function readSettings(sources: SettingSources): Promise<SettingValues> {
  const { flags, environment, resolvePath } = sources;
  const variables = readEnvironment(environment);
  const file = flags.config ?? (environment[fileVariable] || undefined);
  const written = file === undefined ? undefined : await readFile(String(file), sources);
  const values: Partial<Record<SettingKey, unknown>> = {};
  for (const key of settingKeys) {
    const { kind } = settingOf(key);
    const fromFile = written?.get(key);
    const [given, source] =
      flags[key] !== undefined
        ? [flags[key], `the flag ${flagOf(key)}`]
        : variables.has(key)
          ? [variables.get(key), `the environment variable ${variableOf(key)}`]
          : [fromFile?.value, `${fromFile?.place}: ${key}`];
    if (given === undefined) continue;
    const isText = typeof given === 'string' && (flags[key] !== undefined || variables.has(key));
    const value = kind.read(isText && kind.readText ? kind.readText(given) : given);
    if (value === undefined)
      throw new WebhookServerError('usage', `${source} is ${show(given)}. ${kind.remedy}`);
    values[key] = kind.isFile ? resolvePath(value as string) : value;
  }
  return values as SettingValues;
}

async function readFile(name: string, { readFile, resolvePath }: SettingSources) {
  const text = await readFile(resolvePath(name)).catch((error: NodeJS.ErrnoException) => {
    throw new WebhookServerError(
      'usage',
      `the configuration file ${name} can't be read (${error.code ?? error.message}): check its path and permissions`,
      error,
    );
  });
  return readConfigurationFile(name, text);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
