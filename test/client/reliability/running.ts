import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformingClient } from '../conformance/clients.ts';

/** How a program is started. */
export interface Start {
  readonly client: ConformingClient;
  /** What follows the client's prelude. */
  readonly text: string;
  /** Variables beside those of this process; without the client's source the pass-through stays. */
  readonly env: Readonly<Record<string, string>>;
  /** A shell command, where `"$@"` stands for the call of the interpreter. Default: the call alone. */
  readonly shell?: string | undefined;
  /** Default: the client's usual one. */
  readonly interpreter?: string | undefined;
}

/** A program that ended. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or the signal that ended it. */
  readonly code: number | string | null;
  /** Seconds in which it did not wait for its next line of input. */
  readonly busy: number;
}

/** A program that runs, as seen from outside. */
export interface Running {
  /** Its folder, which is removed at its end: what it leaves there has to be read in `onEnd`. */
  readonly folder: string;
  /** Lets the next block begin: a line on stdin. */
  go(): void;
  /** Resolves when `count` blocks are printed in all; rejects if it ends before. */
  blocks(count: number): Promise<void>;
  /** How many lines are on stdout. */
  readonly printed: number;
  /** Resolves when `count` lines are on stdout; rejects if it ends before. */
  lines(count: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** Starts a program in a folder of its own. `onEnd` is called while the folder is still there. */
export function startRunning(start: Start, onEnd: (folder: string) => void = () => {}): Running {
  const { client } = start;
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-'));
  writeFileSync(join(folder, client.program), client.prelude() + start.text);
  const kept = Object.entries(process.env).filter(
    ([key]) => !client.concerns.test(key) && !/^(KATIB|JOB_COMPLETION|KUBEFLOW|RANK$|LOCAL_RANK$)/.test(key),
  );
  const bare = [start.interpreter ?? [...client.interpreters.values()][0] ?? '', client.program];
  const call = start.env[client.variable] && client.words ? client.words(bare) : bare;
  const [command = '', ...args] = start.shell ? ['bash', '-c', start.shell, 'bash', ...call] : call;
  const env = { ...Object.fromEntries(kept), TMPDIR: folder, ...start.env };
  const child = spawn(command, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {});

  // what it does after its last block is no waiting, so a pause counts only once the next block begins
  let [waited, asked, pause] = [0, 0, 0];
  const began = performance.now();
  const seen = watch(child, 'block\n', (blocks) => {
    pause = blocks < asked ? 0 : performance.now();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      const busy = (performance.now() - began - waited) / 1000;
      onEnd(folder);
      rmSync(folder, { recursive: true, force: true });
      resolve({ stdout: seen.stdout(), stderr: seen.stderr(), code: status ?? signal, busy });
      seen.end();
    });
  });
  return {
    folder,
    go() {
      asked++;
      if (pause > 0) waited += performance.now() - pause;
      pause = 0;
      child.stdin.write('\n');
    },
    blocks: (count) => seen.until('blocks', count),
    get printed() {
      return seen.counts.lines;
    },
    lines: (count) => seen.until('lines', count),
    kill: (signal) => child.kill(signal),
    ended,
  };
}

/** Collects both streams, counts lines and blocks, and wakes who waits for them. */
function watch(child: ChildProcess, marker: string, onBlock: (blocks: number) => void) {
  const [out, err]: [string[], string[]] = [[], []];
  const counts = { lines: 0, blocks: 0 };
  const waiting = new Set<{
    of: 'lines' | 'blocks';
    count: number;
    resolve(): void;
    reject(e: Error): void;
  }>();
  let tail = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    out.push(piece);
    counts.lines += piece.split('\n').length - 1;
    const blocks = `${tail}${piece}`.split(marker).length - 1;
    tail = `${tail}${piece}`.slice(-marker.length + 1);
    if (tail.endsWith(marker)) tail = '';
    counts.blocks += blocks;
    if (blocks > 0) onBlock(counts.blocks);
    for (const each of waiting) {
      if (counts[each.of] < each.count) continue;
      waiting.delete(each);
      each.resolve();
    }
  });
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => err.push(piece));
  return {
    counts,
    stdout: () => out.join(''),
    stderr: () => err.join(''),
    end() {
      for (const { reject, of, count } of waiting) {
        reject(new Error(`the program ended before ${count} ${of}: ${counts[of]}\n${err.join('')}`));
      }
    },
    until: (of: 'lines' | 'blocks', count: number) =>
      new Promise<void>((resolve, reject) => {
        if (counts[of] >= count) resolve();
        else waiting.add({ of, count, resolve, reject });
      }),
  };
}
