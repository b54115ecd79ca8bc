import { nearMatch } from '@katib-push/core';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { WebhookServerError } from '../errors.ts';
import { type SettingKey, type SettingValues, settingKeys, settingOf } from './catalogue.ts';
import { environmentPrefix, flagOf, variableOf } from './setting.ts';

/** The environment variable that names the configuration file. */
const fileVariable = variableOf('config');

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
  const written = file === undefined ? undefined : await readWritten(String(file), sources);
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

async function readWritten(name: string, { readFile, resolvePath }: SettingSources) {
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

/**
 * The settings that a YAML file gives, by key, not read yet; with the place of each. Throws
 * {@link WebhookServerError} `usage` for what is no YAML, no mapping, or an unknown key.
 */
function readConfigurationFile(
  name: string,
  text: string,
): ReadonlyMap<string, { readonly value: unknown; readonly place: string }> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number | undefined): string => `${name}:${lines.linePos(offset ?? 0).line}`;
  const [error] = document.errors;
  if (error) throw new WebhookServerError('usage', `${place(error.pos[0])}: ${error.message}`);
  const found = new Map<string, { readonly value: unknown; readonly place: string }>();
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return found;
  if (!isMap(document.contents)) {
    throw new WebhookServerError('usage', `${name}: write settings as a mapping, such as port: 8443`);
  }
  for (const { key, value } of document.contents.items) {
    const word = isScalar(key) ? String(key.value) : 'a key that is no text';
    const where = place(isScalar(key) ? key.range?.[0] : undefined);
    if (!(settingKeys as readonly string[]).includes(word)) {
      throw new WebhookServerError('usage', `${where}: ${word} is no setting${nearMatch(word, settingKeys)}`);
    }
    const given: unknown = (value as { toJS(document: unknown): unknown } | null)?.toJS(document) ?? null;
    found.set(word, { value: given, place: where });
  }
  return found;
}

/**
 * The settings that environment variables give, by key, not read yet. An empty one counts as absent. Throws
 * {@link WebhookServerError} `usage` for one that starts as ours and is none.
 *
 * The kubelet puts the address of each Service of the namespace into every container, so one that is called
 * `katib-push-webhook` gives `KATIB_PUSH_WEBHOOK_PORT=tcp://10.0.0.1:443` and more of that kind: those are passed over.
 */
function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const keys = new Map(settingKeys.map((key) => [variableOf(key), key] as const));
  const found = new Map<string, string>();
  for (const [name, value = ''] of Object.entries(environment)) {
    if (!name.startsWith(environmentPrefix) || value === '' || name === fileVariable) continue;
    if (isServiceLink(name, value)) continue;
    const key = keys.get(name);
    if (key === undefined) {
      throw new WebhookServerError(
        'usage',
        `the environment variable ${name} is no setting${nearMatch(name, [...keys.keys(), fileVariable])}`,
      );
    }
    found.set(key, value);
  }
  return found;
}

function isServiceLink(name: string, value: string): boolean {
  return (
    /_SERVICE_(?:HOST|PORT(?:_\w+)?)$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?$/.test(name) ||
    (name.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\//.test(value))
  );
}
