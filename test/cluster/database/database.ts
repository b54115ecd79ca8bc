import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort, listening, type Process, type Stack } from '../stack/stack.ts';
import { waitFor } from '../stack/wait-for.ts';

/** A real database of Katib's, installed on this machine. */
export interface Database {
  /** With its version. */
  readonly name: string;
  /** What tells Katib's DB manager where it is. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether names are compared as MySQL does, without regard to case. */
  readonly foldsCase: boolean;
  /** Starts it on the files that it left. */
  start(): Promise<void>;
  /** Kills it as a machine that fails would. */
  kill(): Promise<void>;
  /** Locks the table of observations; the function that it gives ends this. */
  lock(): Promise<() => Promise<void>>;
}

/** A kind of database: how it is found and set up. */
export interface DatabaseKind {
  readonly name: string;
  /** What installs it. */
  readonly remedy: string;
  /** Absent where it isn't installed. */
  create(stack: Stack): Promise<Database | undefined>;
}

const PASSWORD = 'katib';

/** The first of these folders, or of PATH, that holds a program. */
export function findProgram(program: string, folders: readonly string[] = []): string | undefined {
  const all = [...(process.env.PATH ?? '').split(delimiter), ...folders];
  return all.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

const mariaDb: DatabaseKind = {
  name: 'MariaDB',
  remedy: 'apt-get install mariadb-server',
  async create(stack) {
    const server = findProgram('mariadbd', ['/usr/sbin', '/usr/local/sbin']);
    const install = findProgram('mariadb-install-db');
    const client = findProgram('mariadb');
    if (server === undefined || install === undefined || client === undefined) return undefined;
    const [data, socket] = [join(stack.folder, 'mariadb'), join(stack.folder, 'mariadb.sock')];
    const user = process.getuid?.() === 0 ? ['--user=root'] : [];
    run(install, ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', ...user]);
    const port = await freePort();
    const args = ['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, `--port=${port}`, ...user];
    const sql = [client, '--no-defaults', `--socket=${socket}`, '--user=root'];
    let running: Process | undefined;
    const start = async () => {
      running = stack.start('mariadb', { command: server, args: [...args, '--bind-address=127.0.0.1'] });
      await listening('MariaDB', running, port);
      await answering(sql);
    };
    await start();
    const access = `CREATE USER katib@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'; GRANT ALL ON katib.* TO katib@'127.0.0.1'`;
    run(sql[0]!, [...sql.slice(1), '-e', `CREATE DATABASE katib CHARACTER SET utf8mb4; ${access}`]);
    return {
      name: `MariaDB ${versionOf(server)}`,
      foldsCase: true,
      env: {
        DB_NAME: 'mysql',
        DB_USER: 'katib',
        DB_PASSWORD: PASSWORD,
        KATIB_MYSQL_DB_HOST: '127.0.0.1',
        KATIB_MYSQL_DB_PORT: String(port),
      },
      start,
      kill: async () => running?.stop('SIGKILL'),
      lock: () => holdLock([...sql, '-n', 'katib'], 'LOCK TABLES observation_logs WRITE; SELECT 1;'),
    };
  },
};

/** The user that PostgreSQL runs as in place of root, which it refuses. */
const NOBODY = 65_534;

const postgreSql: DatabaseKind = {
  name: 'PostgreSQL',
  remedy: 'apt-get install postgresql',
  async create(stack) {
    const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
    const folders = versions.map((version) => join('/usr/lib/postgresql', version, 'bin'));
    const [server, install, client] = ['postgres', 'initdb', 'psql'].map((name) =>
      findProgram(name, folders),
    );
    if (server === undefined || install === undefined || client === undefined) return undefined;
    const data = join(stack.folder, 'postgresql');
    const uid = process.getuid?.() === 0 ? NOBODY : undefined;
    mkdirSync(data, { mode: 0o700 });
    if (uid !== undefined) for (const folder of [stack.folder, data]) chownSync(folder, uid, uid);
    run(install, ['-D', data, '-U', 'katib', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], uid);
    const port = await freePort();
    const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', data];
    const sql = [client, '-h', '127.0.0.1', '-p', String(port), '-U', 'katib', '-v', 'ON_ERROR_STOP=1'];
    let running: Process | undefined;
    const start = async () => {
      running = stack.start('postgresql', { command: server, args, ...(uid === undefined ? {} : { uid }) });
      await listening('PostgreSQL', running, port);
      await answering([...sql, '-d', 'postgres']);
    };
    await start();
    run(sql[0]!, [...sql.slice(1), '-d', 'postgres', '-c', 'CREATE DATABASE katib']);
    return {
      name: `PostgreSQL ${versionOf(server)}`,
      foldsCase: false,
      env: {
        DB_NAME: 'postgres',
        DB_USER: 'katib',
        DB_PASSWORD: PASSWORD,
        KATIB_POSTGRESQL_DB_HOST: '127.0.0.1',
        KATIB_POSTGRESQL_DB_PORT: String(port),
      },
      start,
      kill: async () => running?.stop('SIGKILL'),
      lock: () =>
        holdLock(
          [...sql, '-d', 'katib'],
          'BEGIN; LOCK TABLE observation_logs IN ACCESS EXCLUSIVE MODE; SELECT 1;',
        ),
    };
  },
};

export const databaseKinds: readonly DatabaseKind[] = [mariaDb, postgreSql];

/** A session that holds a lock from the moment its statements are answered until it ends. */
async function holdLock(
  [command = '', ...args]: readonly string[],
  statements: string,
): Promise<() => Promise<void>> {
  const child: ChildProcess = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => reject(new Error(`${command} ended with ${code}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => text.includes('1') && resolve());
    child.stdin?.write(`${statements}\n`);
  });
  return async () => {
    child.stdin?.end();
    await ended;
  };
}

/** Waits until a statement is answered: after a crash a database listens before it has mended its files. */
async function answering([command = '', ...args]: readonly string[]): Promise<void> {
  const asked = () => spawnSync(command, args, { input: 'SELECT 1;' }).status === 0;
  await waitFor(`an answer to ${command}`, asked);
}

function versionOf(server: string): string {
  const { stdout } = spawnSync(server, ['--version'], { encoding: 'utf8' });
  return /\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0] ?? 'of unknown version';
}

function run(command: string, args: readonly string[], uid?: number): void {
  const options = { encoding: 'utf8', cwd: '/', ...(uid === undefined ? {} : { uid, gid: uid }) } as const;
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? `${stdout}${stderr}`}`);
}
