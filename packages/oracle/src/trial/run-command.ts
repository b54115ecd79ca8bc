import { spawn } from 'node:child_process';
import { OracleError } from '../oracle-error.ts';
import type { Stream, TrialRun } from './trial-run.ts';

export interface CommandOptions {
  /** Working folder. */
  readonly folder: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** After this many seconds the process and all that it started are killed. Absent: no limit. */
  readonly timeoutSeconds?: number | undefined;
  /** Ends the run: the process and all that it started are killed, and the promise is rejected with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Both streams into one, as Katib's wrapper does it (`1>FILE 2>&1`). Default false. */
  readonly joined?: boolean | undefined;
  /** Called with each piece of output as it arrives. */
  readonly onOutput?: ((stream: Stream, bytes: Uint8Array) => void) | undefined;
}

export type CommandRun = Omit<TrialRun, 'command' | 'names' | 'absentVariables'>;

/** How long output is waited for once the first process has ended. */
const LINGER_SECONDS = 2;

/**
 * Runs a file with the given words and waits for its end. Like a container, the run ends with its first process:
 * what that one leaves behind in its process group is killed. Standard input is empty.
 *
 * Throws {@link OracleError} `not-startable`, and the reason of an aborted `signal`.
 */
export function runCommand(
  file: string,
  words: readonly string[],
  options: CommandOptions,
): Promise<CommandRun> {
  const started = performance.now();
  const stdout: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  options.signal?.throwIfAborted();
  // `2>&1` is done by a shell in front, so that both descriptors are one open file and writes keep their order.
  const [program, args] = options.joined
    ? ['/bin/sh', ['-c', 'exec "$0" "$@" 2>&1', file, ...words.slice(1)]]
    : [file, words.slice(1)];

  return new Promise((resolve, reject) => {
    const child = start();
    if (!child) return;
    let timedOut = false;
    const kill = () => killGroup(child.pid);
    const timer = timeout(options.timeoutSeconds, () => {
      timedOut = true;
      kill();
    });
    options.signal?.addEventListener('abort', kill, { once: true });
    process.once('exit', kill);
    child.stdout.on('data', (bytes: Uint8Array) => received('stdout', stdout, bytes));
    child.stderr.on('data', (bytes: Uint8Array) => received('stderr', stderr, bytes));
    child.on('error', (error) => {
      release();
      reject(notStartable(words, error));
    });
    child.on('exit', () => {
      release();
      kill();
      // What has left the process group may hold the pipes open for ever.
      timeout(LINGER_SECONDS, () => {
        child.stdout.destroy();
        child.stderr.destroy();
      })?.unref();
    });
    child.on('close', (exitCode, signal) => {
      if (options.signal?.aborted) return reject(options.signal.reason);
      resolve({
        ...(exitCode === null ? {} : { exitCode }),
        ...(signal === null ? {} : { signal }),
        timedOut,
        seconds: (performance.now() - started) / 1000,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr),
      });
    });

    function release(): void {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
      process.removeListener('exit', kill);
    }

    function start() {
      try {
        return spawn(program, args, {
          argv0: options.joined ? program : (words[0] ?? file),
          cwd: options.folder,
          env: options.environment,
          stdio: ['ignore', 'pipe', 'pipe'],
          detached: true, // its own process group, so that all of it can be ended
        });
      } catch (error) {
        reject(notStartable(words, error as NodeJS.ErrnoException));
        return undefined;
      }
    }
  });

  function received(stream: Stream, parts: Uint8Array[], bytes: Uint8Array): void {
    parts.push(bytes);
    options.onOutput?.(stream, bytes);
  }
}

function timeout(seconds: number | undefined, then: () => void): NodeJS.Timeout | undefined {
  return seconds === undefined ? undefined : setTimeout(then, seconds * 1000);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

function notStartable(words: readonly string[], error: NodeJS.ErrnoException): OracleError {
  const why =
    error.code === 'E2BIG'
      ? 'an argument or variable is larger than the 128 KiB that Linux allows'
      : (error.code ?? error.message);
  return new OracleError('not-startable', `${words[0]} could not be started: ${why}`, error);
}
