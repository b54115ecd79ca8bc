import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Copy, DockerfileParser, type From } from 'dockerfile-ast';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './tools.ts';

/**
 * What `docker build` does, without Docker: the commands of the Dockerfile's first stage, in a folder that holds what
 * .dockerignore lets in, and the program of its last stage on what they made. It takes packages from pnpm's store or the
 * registry: `pnpm test:packages`, `pnpm test:soak`.
 */
const { KATIB_PUSH_SOAK, KATIB_PUSH_INSTALL } = process.env;
describe.skipIf(KATIB_PUSH_SOAK !== '1' && KATIB_PUSH_INSTALL !== 'npm')('the image', () => {
  let folder: string;
  let app: string;
  const instructions = DockerfileParser.parse(
    readFileSync(join(root, 'deploy/Dockerfile'), 'utf8'),
  ).getInstructions();
  /** Node as the image has it: of the version that it names. */
  const node = join(root, 'node_modules/.bin/node');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'katib-push-image-'));
    app = join(realpathSync(folder), 'app');
    const source = join(folder, 'source');
    for (const file of contextFiles()) {
      mkdirSync(dirname(join(source, file)), { recursive: true });
      cpSync(join(root, file), join(source, file), { recursive: true, verbatimSymlinks: true });
    }
    const script = instructions
      .filter((each) => each.getKeyword() === 'RUN')
      .map((each) =>
        (each.getRawArgumentsContent() ?? '').replace(/\\\n/g, '').replace(/ \/app\b/g, ` ${app}`),
      )
      .join('\n');
    const environment = {
      ...process.env,
      CI: 'true',
      PATH: `${dirname(node)}:${process.env.PATH}`,
      NODE_OPTIONS: '',
    };
    const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], {
      cwd: source,
      env: environment,
      encoding: 'utf8',
    });
    expect(`${status} ${status === 0 ? '' : stdout + stderr}`).toBe('0 ');
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the entry point as in the cluster: nothing may be written, no program started. */
  function start(...args: string[]): ChildProcess {
    const entry =
      instructions.findLast((each) => each.getKeyword() === 'ENTRYPOINT')?.getArgumentsContent() ?? '[]';
    const [, program = ''] = JSON.parse(entry) as string[];
    const file = program.replace(/^\/app/, app);
    const flags = ['--permission', '--allow-fs-read=*', '--allow-worker'];
    return spawn(node, [...flags, file, ...args], { cwd: app, env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  test('names stages, and copies between them', () => {
    expect(
      instructions
        .filter((each) => each.getKeyword() === 'FROM')
        .map((each) => (each as From).getBuildStage()),
    ).toEqual(['build', null]);
    expect(
      (instructions.findLast((each) => each.getKeyword() === 'COPY') as Copy).getArguments().map(String),
    ).toHaveLength(2);
  });

  test('holds code, grammars, clients and licences, and a list of what it is made of', () => {
    const files = readdirSync(app, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && realpathSync(entry.parentPath) === entry.parentPath, // once, not through pnpm's links
    );
    const endings = new Set(files.map(({ name }) => extname(name)).filter(Boolean));
    const others = [...endings].filter(
      (each) => !['.js', '.cjs', '.mjs', '.json', '.wasm', '.py'].includes(each),
    );
    const licences = files.filter(({ name }) => /^(?:licen[cs]e|notice)/i.test(name));
    expect(others.filter((each) => !licences.some(({ name }) => name.endsWith(each)))).toEqual([]);
    expect(
      files
        .map(({ name }) => name)
        .filter((name) => name.endsWith('.wasm'))
        .sort(),
    ).toEqual(['ruff_fmt_bg.wasm', 'tree-sitter-python.wasm', 'tree-sitter-r.wasm', 'web-tree-sitter.wasm']);
    expect(licences.length).toBeGreaterThan(30);
    const megabytes =
      files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1048576;
    expect(megabytes).toBeLessThan(16);
    const bom = JSON.parse(readFileSync(join(app, 'sbom.cdx.json'), 'utf8'));
    const listed = bom.components.map(({ purl }: { readonly purl: string }) =>
      purl.split('@').at(-2)?.split('/').at(-1),
    );
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'webhook' } } });
    expect(listed).toEqual(expect.arrayContaining(['fastify', 'tree-sitter-python', 're2js']));
  });

  test.each([
    [['--help'], /--tls-certificate/],
    [['certificates', '--help'], /--renew-before/],
  ])('answers %j', async (args, expected) => {
    const child = start(...args);
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
    });
    const [code] = await once(child, 'close');
    expect(out).toMatch(expected);
    expect(code).toBe(0);
  });

  test('serves: a review in, a patch out', async () => {
    const child = start('--self-signed', '--port=0', '--admin-port=0', '--shutdown-delay=0s');
    try {
      const review = readFileSync(join(root, 'fixtures/admission/create.json'), 'utf8');
      const answer = JSON.parse(await post(await portOf(child), review));
      expect(answer.response).toMatchObject({ allowed: true, patchType: 'JSONPatch' });
      expect(Buffer.from(answer.response.patch, 'base64').toString()).toContain('_katib_push(print)(');
    } finally {
      child.kill('SIGTERM');
      const [code] = await once(child, 'close');
      expect(code).toBe(0);
    }
  });
});

/** The files that are kept in the repository and that .dockerignore lets into the build. Later lines win. */
function contextFiles(): readonly string[] {
  const rules = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ lets: line.startsWith('!'), pattern: toExpression(line.replace(/^!/, '')) }));
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const files = stdout.split('\n').filter(Boolean);
  return files.filter((file) => rules.findLast(({ pattern }) => pattern.test(file))?.lets ?? true);
}

/** A pattern of .dockerignore as an expression; it covers what is below a folder, too. */
function toExpression(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/?|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}(?:/.*)?$`);
}

/** The port that the server says it serves on. Rejects where it ends before. */
async function portOf(child: ChildProcess): Promise<number> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [, port] = /"address":"[^"]*:(\d+)"/.exec(line) ?? [];
    if (port !== undefined) return Number(port);
    said += `${line}\n`;
  }
  throw new Error(`the server ended:\n${said}`);
}

function post(port: number, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path: '/mutate?timeout=5s',
        method: 'POST',
        rejectUnauthorized: false, // self-signed, on the loopback interface
        agent: false,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (incoming) => {
        let text = '';
        incoming.on('data', (chunk) => {
          text += chunk;
        });
        incoming.on('end', () => resolve(text));
        incoming.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
