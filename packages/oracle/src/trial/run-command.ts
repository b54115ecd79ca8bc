import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { OracleError } from '../oracle-error.ts';
import { closeWriters, createPipes, type Pipe } from './create-pipes.ts';
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
 * what that one leaves behind in its process group is killed. Standard input is empty, the streams are pipes.
 *
 * Throws {@link OracleError} `not-startable`, and the reason of an aborted `signal`.
 */
export async function runCommand(
  file: string,
  words: readonly string[],
  options: CommandOptions,
): Promise<CommandRun> {
  // Joined, both descriptors are one open file, so that writes keep their order.
  const pipes = await createPipes(options.joined ? 1 : 2);
  const [out, err = out] = pipes as [Pipe, Pipe?];
  const started = performance.now();
  const output = pipes.map(({ reader }, index) => collect(reader, index === 0 ? 'stdout' : 'stderr'));
  const ended = Promise.all(pipes.map(({ reader }) => once(reader, 'close')));
  let child: ChildProcess;
  try {
    options.signal?.throwIfAborted();
    child = spawn(file, words.slice(1), {
      argv0: words[0] ?? file,
      cwd: options.folder,
      env: options.environment,
      stdio: ['ignore', out.writer, err.writer],
      detached: true, // its own process group, so that all of it can be ended
    });
  } catch (error) {
    destroyReaders();
    throw options.signal?.aborted
      ? options.signal.reason
      : notStartable(words, error as NodeJS.ErrnoException);
  } finally {
    closeWriters(pipes);
  }

  let timedOut = false;
  const kill = () => killGroup(child.pid);
  const timer = timeout(options.timeoutSeconds, () => {
    timedOut = true;
    kill();
  });
  options.signal?.addEventListener('abort', kill, { once: true });
  process.once('exit', kill);
  let end: [number | null, NodeJS.Signals | null];
  try {
    end = (await once(child, 'exit')) as typeof end;
  } catch (error) {
    throw notStartable(words, error as NodeJS.ErrnoException);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', kill);
    process.removeListener('exit', kill);
  }
  kill();
  // What has left the process group may hold the pipes open for ever.
  const lingering = setTimeout(destroyReaders, LINGER_SECONDS * 1000);
  await ended;
  clearTimeout(lingering);
  options.signal?.throwIfAborted();
  const [exitCode, signal] = end;
  const [stdout = [], stderr = []] = output;
  return {
    ...(exitCode === null ? {} : { exitCode }),
    ...(signal === null ? {} : { signal }),
    timedOut,
    seconds: (performance.now() - started) / 1000,
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr),
  };

  function collect(reader: Socket, stream: Stream): readonly Uint8Array[] {
    const parts: Uint8Array[] = [];
    reader.on('data', (bytes: Uint8Array) => {
      parts.push(bytes);
      options.onOutput?.(stream, bytes);
    });
    return parts;
  }

  function destroyReaders(): void {
    for (const { reader } of pipes) reader.destroy();
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
