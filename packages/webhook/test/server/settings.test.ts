import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, type WebhookServerOptions } from '@katib-push/webhook/server';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { completeSettings } from '../../src/server/options.ts';
import { settingKeys, settingOf, settings } from '../../src/server/settings/catalogue.ts';
import { settingsSchema, settingsTable } from '../../src/server/settings/reference.ts';
import { flagOf, variableOf } from '../../src/server/settings/setting.ts';
import { parseDuration, printDuration } from '../../src/time.ts';

const root = join(import.meta.dirname, '../../../..');

interface Sources {
  readonly flags?: Record<string, unknown>;
  readonly environment?: Record<string, string>;
  /** The configuration file `config.yaml`; named by a flag where it is given. */
  readonly file?: string;
}

function read({ flags = {}, environment = {}, file }: Sources) {
  return readSettings({
    flags: { ...(file === undefined ? {} : { config: 'config.yaml' }), ...flags },
    environment,
    resolvePath: (path) => `/here/${path}`,
    readFile: async (path) => {
      if (path === '/here/config.yaml' && file !== undefined) return file;
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
  });
}

describe('settings', () => {
  it('come from flags, then variables, then the file, then defaults', async () => {
    const environment = { KATIB_PUSH_WEBHOOK_PORT: '2', KATIB_PUSH_WEBHOOK_ADMIN_PORT: '2' };
    const file = 'port: 3\nadminPort: 3\npath: /three\n';
    const given = await read({ flags: { port: '1' }, environment, file });
    expect(given).toEqual({ port: 1, adminPort: 2, path: '/three' });
    expect(completeSettings({ ...given, selfSigned: true })).toMatchObject({
      port: 1,
      strict: false,
      bodyLimit: 7_340_032,
    });
    expect(await read({})).toEqual({});
  });

  it('are read in each way of writing', async () => {
    const file = `
host: 127.0.0.1
tlsMinVersion: "1.2"
clientNames: [kube-apiserver, other]
bodyLimit: 5Mi
headersTimeout: 1.5s
shutdownDelay: 0
strict: true
tlsKey: tls.key
`.replace('shutdownDelay: 0', 'shutdownDelay: 0s');
    expect(await read({ file })).toEqual({
      host: '127.0.0.1',
      tlsMinVersion: '1.2',
      clientNames: ['kube-apiserver', 'other'],
      bodyLimit: 5_242_880,
      headersTimeout: 1500,
      shutdownDelay: 0,
      strict: true,
      tlsKey: '/here/tls.key',
    });
    const flags = {
      clientNames: 'a, b',
      strict: true,
      enable: 'false',
      keepAliveTimeout: '2m',
      bodyLimit: '2048',
    };
    expect(await read({ flags })).toEqual({
      clientNames: ['a', 'b'],
      strict: true,
      enable: false,
      keepAliveTimeout: 120_000,
      bodyLimit: 2048,
    });
  });

  it('have a file that may be empty, and that a variable may name', async () => {
    expect(await read({ file: '' })).toEqual({});
    expect(await read({ file: '# nothing yet\n' })).toEqual({});
    expect(await read({ file: 'null\n' })).toEqual({});
    const environment = { KATIB_PUSH_WEBHOOK_CONFIG: 'config.yaml' };
    const flags = { config: undefined };
    expect(await read({ file: 'port: 7', environment, flags })).toEqual({ port: 7 });
  });

  it('pass over the variables that the kubelet makes of a Service', async () => {
    const environment = {
      KATIB_PUSH_WEBHOOK_SERVICE_HOST: '10.0.0.1',
      KATIB_PUSH_WEBHOOK_SERVICE_PORT: '443',
      KATIB_PUSH_WEBHOOK_SERVICE_PORT_HTTPS: '443',
      KATIB_PUSH_WEBHOOK_PORT: 'tcp://10.0.0.1:443',
      KATIB_PUSH_WEBHOOK_PORT_443_TCP: 'tcp://10.0.0.1:443',
      KATIB_PUSH_WEBHOOK_PORT_443_TCP_PROTO: 'tcp',
      KATIB_PUSH_WEBHOOK_PORT_443_TCP_PORT: '443',
      KATIB_PUSH_WEBHOOK_PORT_443_TCP_ADDR: '10.0.0.1',
      KATIB_PUSH_WEBHOOK_METRICS_SERVICE_HOST: '10.0.0.2',
      KATIB_PUSH_WEBHOOK_METRICS_PORT: 'tcp://10.0.0.2:80',
      KATIB_PUSH_WEBHOOK_HOST: '',
      OTHER: 'x',
    };
    expect(await read({ environment })).toEqual({});
  });

  it.each<readonly [Sources, RegExp]>([
    [{ file: 'prot: 1' }, /^config\.yaml:1: prot is no setting; did you mean port\?$/],
    [
      { file: 'port: 1\ntls-min-version: "1.2"' },
      /^config\.yaml:2: tls-min-version is no setting; did you mean tlsMinVersion\?$/,
    ],
    [{ file: 'colour: red' }, /^config\.yaml:1: colour is no setting$/],
    [
      { environment: { KATIB_PUSH_WEBHOOK_ADMINPORT: '1' } },
      /KATIB_PUSH_WEBHOOK_ADMINPORT is no setting; did you mean KATIB_PUSH_WEBHOOK_ADMIN_PORT\?/,
    ],
    [{ file: 'port: abc' }, /^config\.yaml:1: port is "abc"\. Give a whole number from 0 to 65535\.$/],
    [{ file: 'port:' }, /^config\.yaml:1: port is null\./],
    [{ flags: { port: '1.5' } }, /^the flag --port is "1\.5"\. Give a whole number/],
    [
      { environment: { KATIB_PUSH_WEBHOOK_STRICT: 'yes' } },
      /^the environment variable KATIB_PUSH_WEBHOOK_STRICT is "yes"\. Give true or false\.$/,
    ],
    [{ file: 'shutdownDelay: 5' }, /shutdownDelay is 5\. Give a duration with its unit, such as 5s/],
    [{ flags: { keepAliveTimeout: '90' } }, /--keep-alive-timeout is "90"/],
    [{ flags: { tlsMinVersion: '1.1' } }, /Give one of: 1\.3, 1\.2\./],
    [{ file: 'tlsMinVersion: 1.2' }, /tlsMinVersion is 1\.2\. Give one of/],
    [{ flags: { clientNames: 'a,,b' } }, /names with commas/],
    [{ file: 'clientNames: []' }, /names with commas/],
    [{ flags: { path: 'mutate' } }, /such as \/mutate/],
    [{ flags: { host: '' } }, /the flag --host is ""/],
    [{ flags: { logLevel: 'x'.repeat(500) } }, /is "x{78}…\. Give one of/],
    [{ file: 'port: [' }, /^config\.yaml:1: /],
    [{ file: '- port' }, /write settings as a mapping/],
    [{ file: 'port: 1\nport: 2' }, /^config\.yaml:2: Map keys must be unique/],
    [
      { flags: { config: 'none.yaml' } },
      /^the configuration file none\.yaml can't be read \(ENOENT\): check/,
    ],
  ])('name what is wrong, and where: %j', async (sources, message) => {
    await expect(read(sources)).rejects.toThrow(
      expect.objectContaining({
        name: 'WebhookServerError',
        code: 'usage',
        message: expect.stringMatching(message),
      }),
    );
  });

  it.each([
    [{}, /^there is no certificate: give tlsCertificate and tlsKey, or selfSigned/],
    [{ tlsKey: '/k' }, /tlsCertificate is missing/],
    [{ tlsCertificate: '/c' }, /tlsKey is missing/],
    [{ selfSigned: true, tlsKey: '/k' }, /exclude each other/],
    [{ selfSigned: true, clientCa: '/ca' }, /without clientCa/],
    [{ selfSigned: true, clientNames: ['a'] }, /needs clientCa/],
    [{ selfSigned: true, requestTimeout: 1000 }, /can't be below headersTimeout \(10000 ms\)/],
  ])('may not contradict each other: %j', (options, message) => {
    expect(() => completeSettings(options)).toThrow(message);
  });

  it.each<readonly [WebhookServerOptions, RegExp]>([
    [{ port: -1 }, /^the option port is -1\. Give a whole number from 0 to 65535\.$/],
    [{ port: Number.NaN }, /^the option port is NaN\./],
    [{ port: '8443' as never }, /^the option port is 8443\./],
    [{ shutdownDelay: -5 }, /^the option shutdownDelay is -5\./],
    [{ shutdownDelay: 0.5 }, /^the option shutdownDelay is 0\.5\./],
    [{ keepAliveTimeout: Number.POSITIVE_INFINITY }, /^the option keepAliveTimeout is Infinity\./],
    [{ tlsMinVersion: '1.1' as never }, /^the option tlsMinVersion is 1\.1\. Give one of: 1\.3, 1\.2\.$/],
    [{ strict: 'true' as never }, /^the option strict is true\. Give true or false/],
    [{ clientNames: [] }, /^the option clientNames is \[\]\./],
    [{ path: 'mutate' }, /^the option path is mutate\./],
    [{ host: null as never }, /^there is no certificate/],
  ])('are checked where code gives them: %j', (options, message) => {
    expect(() => completeSettings(options)).toThrow(message);
  });

  it('are named in one way', () => {
    expect(settingKeys.map(flagOf)).toEqual([...new Set(settingKeys.map(flagOf))]);
    expect([flagOf('dbManagerAddress'), variableOf('dbManagerAddress')]).toEqual([
      '--db-manager-address',
      'KATIB_PUSH_WEBHOOK_DB_MANAGER_ADDRESS',
    ]);
  });

  it('have defaults that can be written', () => {
    for (const key of settingKeys) {
      const { kind, fallback } = settingOf(key);
      if (fallback === undefined) continue;
      const text = kind.print(fallback);
      expect(kind.read(kind.readText?.(text) ?? text)).toEqual(fallback);
    }
    expect(settings.keepAliveTimeout.fallback).toBeGreaterThan(90_000);
    expect(settings.bodyLimit.fallback).toBe(7 * 1024 * 1024);
  });
});

/** Settings that the chart gives as flags. */
const setByChart = [
  'port',
  'adminPort',
  'path',
  'tlsCertificate',
  'tlsKey',
  'selfSigned',
  'host',
  'adminHost',
];

describe('the schema of the file', () => {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(settingsSchema());

  it('is the one that is kept', () => {
    keep(
      join(root, 'packages/webhook/schema/configuration.schema.json'),
      `${JSON.stringify(settingsSchema(), null, 2)}\n`,
    );
  });

  it('is the one by which the chart checks its values, but for what the chart sets itself', () => {
    const path = join(root, 'deploy/helm/katib-push-webhook/values.schema.json');
    const values = JSON.parse(readFileSync(path, 'utf8'));
    const { properties, additionalProperties } = settingsSchema() as {
      properties: object;
      additionalProperties: false;
    };
    const others = Object.entries(properties).filter(([key]) => !setByChart.includes(key));
    values.properties.configuration = {
      type: 'object',
      description:
        'Settings of the server, see docs/configuration.md. What the chart sets itself is not for here.',
      additionalProperties,
      properties: Object.fromEntries(others),
    };
    // Helm reads patterns as Go does, which has no \u
    keep(path, `${JSON.stringify(values, null, 2).replaceAll('\\\\u00', '\\\\x')}\n`);
  });

  it('knows its own defaults', () => {
    const { properties } = settingsSchema() as { properties: Record<string, { default?: unknown }> };
    const defaults = Object.entries(properties).flatMap(([key, schema]) =>
      'default' in schema ? [[key, schema.default]] : [],
    );
    expect(validate(Object.fromEntries(defaults)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('takes what is read, and refuses what is refused', async () => {
    const word = fc.constantFrom(
      '',
      'x',
      '/mutate',
      'mutate',
      '5s',
      '1m30s',
      '5',
      '5 s',
      '0',
      '0s',
      '1.5s',
      '7Mi',
      '7MiB',
      '100',
      'a,b',
      'a,,b',
      ' a , b',
      '1.2',
      '1.3',
      'info',
      'likely',
      'keep',
      'auto',
      'true',
      'a\nb',
      '10h',
      '9000h',
    );
    const value = fc.oneof(
      word,
      fc.integer({ min: -1, max: 70_000 }),
      fc.boolean(),
      fc.constant(null),
      fc.array(word, { maxLength: 3 }),
      fc.double(),
      fc.object({ maxDepth: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...settingKeys, 'other'), value, async (key, given) => {
        const read_ = await read({ file: stringify({ [key]: given }) }).then(
          () => true,
          () => false,
        );
        const valid = validate({ [key]: given });
        // A schema can't compare a duration or a size with bounds: there, and in what YAML makes of text, reading is stricter.
        if (read_) expect(valid, JSON.stringify({ key, given })).toBe(true);
        else if (valid)
          expect(
            typeof given === 'string' && /Timeout|Delay|Poll|Limit|Memory|Growth/.test(key),
            JSON.stringify({ key, given }),
          ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('docs/configuration.md', () => {
  it('has the table of all settings', () => {
    const file = join(root, 'docs/configuration.md');
    const text = readFileSync(file, 'utf8');
    const [start, end] = ['<!-- settings -->\n', '<!-- /settings -->'];
    expect(text.split(start)).toHaveLength(2);
    expect(text.split(end)).toHaveLength(2);
    const before = text.slice(0, text.indexOf(start) + start.length);
    const after = text.slice(text.indexOf(end));
    keep(file, `${before}${settingsTable()}\n${after}`);
  });
});

describe('durations', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['1ns', 1e-6],
    ['2us', 0.002],
    ['2µs', 0.002],
    ['1h2m3s4ms', 3_723_004],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['1.s', 1000],
    ['3s2s', 5000],
  ])('are read as Go reads them: %s', (text, expected) => {
    expect(parseDuration(text)).toBeCloseTo(expected, 9);
  });

  it.each([
    '',
    '5',
    's',
    '-5s',
    '+5s',
    '5 s',
    '5S',
    '5d',
    '1,5s',
    '.s',
    '5s ',
    'x5s',
    '1e3s',
    `${'9'.repeat(400)}h`,
  ])('are nothing else: %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('are printed so that they are read as the same', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), (milliseconds) => {
        expect(parseDuration(printDuration(milliseconds))).toBeCloseTo(milliseconds, 6);
      }),
    );
  });
});

/** Holds a file to what it should be; UPDATE=1 writes it. */
function keep(file: string, expected: string): void {
  if (process.env.UPDATE === '1') writeFileSync(file, expected);
  expect(existsSync(file), `${file} is missing: UPDATE=1 writes it`).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe(expected);
}
