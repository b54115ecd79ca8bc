import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from './folder.ts';
import { onInterrupt } from './interrupt.ts';
import { waitFor } from './wait-for.ts';

/** How a program of the stack is started. */
export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  /** Variables beside PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Another user, where this one may not run it. */
  readonly uid?: number;
}

/** A program of the stack. Its output goes to files. */
export interface Process {
  readonly pid: number;
  /** Resolves with the exit code or signal. */
  readonly ended: Promise<number | string>;
  /** The end of what it wrote. */
  log(): string;
  /** Ends it and what it started; resolves when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Everything that a part of the suite has started, and the folder of its files. */
export interface Stack {
  readonly folder: string;
  start(name: string, what: Start): Process;
  /** Calls this before the processes are stopped. */
  onStop(undo: () => void | Promise<void>): void;
  /** Stops all, the latest first, and removes the folder. */
  stop(): Promise<void>;
}

/** Milliseconds that a process has to end before it is killed. */
const GRACE = 10_000;
/** Bytes of a log that are shown. */
const LOG = 4000;

export function createStack(): Stack {
  const folder = makeFolder();
  const undos: (() => void | Promise<void>)[] = [];
  const running = new Set<ChildProcess>();
  const forget = onInterrupt(() => {
    for (const child of running) signalGroup(child, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    start(name, { command, args, env = {}, cwd = folder, uid }) {
      // two files: a program may ask whether its streams are one
      const files = ['out', 'err'].map((stream) => join(folder, `${name}.${stream}`));
      const child = spawn(command, args, {
        cwd,
        detached: true,
        stdio: ['ignore', ...files.map((file) => openSync(file, 'a'))],
        env: { PATH: process.env.PATH, HOME: folder, ...env },
        ...(uid === undefined ? {} : { uid, gid: uid }),
      });
      running.add(child);
      const ended = new Promise<number | string>((resolve) => {
        child.on('error', (error) => resolve(error.message));
        child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
      });
      void ended.then(() => running.delete(child));
      const started: Process = {
        pid: child.pid ?? 0,
        ended,
        log: () => files.map((file) => readFileSync(file, 'utf8').slice(-LOG)).join(''),
        async stop(signal = 'SIGTERM') {
          signalGroup(child, signal);
          const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
          await ended;
          clearTimeout(timer);
        },
      };
      undos.push(() => started.stop());
      return started;
    },
    onStop: (undo) => undos.push(undo),
    async stop() {
      for (const undo of undos.splice(0).reverse()) await undo();
      forget();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function signalGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // it has just ended
  }
}

/** A port of the loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Waits until a process listens on a port of the loopback; rejects with its log where it ends before. */
export async function listening(
  name: string,
  process: Process,
  port: number,
  { host = '127.0.0.1', seconds = 60 } = {},
): Promise<void> {
  let code: number | string | undefined;
  void process.ended.then((ended) => {
    code = ended;
  });
  await waitFor(`${name} on port ${port}`, () => code !== undefined || canConnect(port, host), seconds).catch(
    (error) => {
      throw new Error(`${error.message}\n${process.log()}`);
    },
  );
  if (code !== undefined) throw new Error(`${name} ended with ${code}:\n${process.log()}`);
}

/** Whether somebody listens on a port. */
function canConnect(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const answer = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.on('connect', () => answer(true)).on('error', () => answer(false));
  });
}
