import { resolve } from 'node:path';
import type { Io, Services } from 'katib-push';

export interface FakeOptions {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** A terminal of that width. */
  readonly terminal?: number;
}

/** An `Io` over a map of files that remembers what was written. */
export function fakeIo(options: FakeOptions = {}) {
  const written = { stdout: '', stderr: '' };
  const cwd = '/work';
  const files = new Map(
    Object.entries(options.files ?? {}).map(([name, data]) => [
      resolve(cwd, name),
      typeof data === 'string' ? new TextEncoder().encode(data) : data,
    ]),
  );
  const output = (name: 'stdout' | 'stderr') => ({
    write: (data: string | Uint8Array) => {
      written[name] += typeof data === 'string' ? data : new TextDecoder().decode(data);
    },
    isTTY: options.terminal !== undefined,
    ...(options.terminal === undefined ? {} : { columns: options.terminal }),
  });
  let stop = (_signal: string): void => {};
  let change = (): void => {};
  let wake = (): void => {};
  let waiting = new Promise<void>((resolve) => (wake = resolve));
  /** Resolves when the command waits for a change of its files, for the next time at each call. */
  const idle = async () => {
    await waiting;
    waiting = new Promise((resolve) => (wake = resolve));
  };
  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    readStdin: async () => {
      const { stdin = '' } = options;
      return typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin;
    },
    readFile: async (path) => {
      const data = files.get(path);
      if (data) return data;
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
    patchFile: async (path, offset, bytes) => {
      const data = files.get(path);
      if (!data) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      const patched = new Uint8Array(data);
      patched.set(bytes, offset);
      files.set(path, patched);
    },
    writeFile: async (path, text) => void files.set(path, new TextEncoder().encode(text)),
    removeFile: async (path) => void files.delete(path),
    statFile: async (path) => {
      if (files.has(path)) return 'file';
      return [...files.keys()].some((name) => name.startsWith(`${path}/`)) ? 'folder' : undefined;
    },
    listFolder: async (path) => {
      const names = [...files.keys()].flatMap((name) =>
        name.startsWith(`${path}/`) ? [name.slice(path.length + 1)] : [],
      );
      const entries = new Map(names.map((name) => [name.split('/')[0] as string, name.includes('/')]));
      return [...entries].map(([name, isFolder]) => ({ name, isFolder }));
    },
    watch: () => ({
      changed: () =>
        new Promise((resolve) => {
          change = resolve;
          wake();
        }),
      close: () => {},
    }),
    cwd,
    env: options.env ?? {},
    untilStopped: () =>
      new Promise((resolve) => {
        stop = resolve;
      }),
  };
  const textOf = (name: string) => {
    const data = files.get(resolve(cwd, name));
    return data && new TextDecoder().decode(data);
  };
  const append = (name: string, text: string) => {
    files.set(resolve(cwd, name), new TextEncoder().encode((textOf(name) ?? '') + text));
  };
  return {
    io,
    written,
    textOf,
    append,
    idle,
    change: () => change(),
    stop: (signal: string) => stop(signal),
  };
}

type Rewrite = Awaited<ReturnType<Services['rewriteExperiment']>>;
type Loose = { spec?: { scripts?: string[] }; metadata?: { name?: string } };

/** Replaces `print(` by `push(` in the first arg of `/spec/args`; without `print` it changes nothing. */
export const fakeServices: Services = {
  wrapTemplate: (...args) => fakeServices.rewriteExperiment(...args),
  rewriteExperiment: async (given) => {
    const value = given as Loose & { spec: { args: string[] } };
    const text = value.spec?.args?.[0];
    const base = {
      name: value.metadata?.name ?? '',
      way: null,
      reason: '',
      collector: { before: 'StdOut', after: 'StdOut' },
      scripts: [],
      metrics: [],
      diagnostics: [],
    };
    if (typeof text !== 'string') {
      const diagnostics = [
        {
          code: 'invalid-field',
          severity: 'error',
          message: '/spec/args/0 has to be a string.',
          hint: 'Correct the field.',
          pointer: '/spec/args/0',
        },
      ] as Rewrite['report']['diagnostics'];
      return {
        experiment: given,
        patch: [],
        report: { ...base, outcome: 'failed', summary: 'can not be read', diagnostics },
      };
    }
    const after = text.replaceAll('print(', 'push(');
    const changed = after !== text;
    const script = {
      name: 'train.py',
      language: 'python',
      layers: ['container training', 'arg 0'],
      pointer: '/spec/args/0',
      range: { from: 0, to: text.length },
      before: text,
      after,
      statements: changed
        ? [
            {
              line: 1,
              endLine: 1,
              range: { from: 0, to: 10 },
              text: 'print(loss)',
              sink: 'print',
              verdict: 'metric',
              metrics: [{ name: 'loss', value: 'l' }],
              reason: 'matches the default filter',
              rewritten: true,
            } as const,
          ]
        : [],
    };
    const metric = {
      name: 'loss',
      objective: true,
      covered: changed ? 'yes' : 'no',
      where: changed ? [{ script: 'train.py', line: 1 }] : [],
      reason: changed ? '' : 'nothing prints it',
    } as const;
    return {
      experiment: changed ? { ...value, spec: { ...value.spec, args: [after] } } : given,
      patch: changed
        ? [
            { op: 'replace', path: '/spec/args/0', value: after },
            { op: 'add', path: '/metadata/annotations', value: { 'katib-push.io/version': '0.1.0' } },
          ]
        : [],
      report: {
        ...base,
        outcome: changed ? 'rewritten' : 'unchanged',
        summary: changed ? 'pushes loss, no sidecar' : 'nothing prints a metric',
        scripts: [script],
        metrics: [metric],
      },
    };
  },
  rewriteScript: async () => ({ scripts: [], metrics: [], diagnostics: [] }),
  createAdmissionPolicy: async () => [],
  undoExperiment: () => Promise.reject(new Error('nothing is undone in this test')),
  startDbManager: () => Promise.reject(new Error('no DB manager in this test')),
  connectDbManager: () => Promise.reject(new Error('no DB manager in this test')),
  loadOracle: () => Promise.reject(new Error('no oracle in this test')),
  loadWebhookServer: () => Promise.reject(new Error('no webhook in this test')),
};
