import { resolve } from 'node:path';
import { valueAt } from '../json/read-json.ts';
import { OracleError } from '../oracle-error.ts';
import type { Assignments } from './assign-parameters.ts';
import { containerCommand, findCommand, joinWords } from './container-command.ts';
import { containerEnvironment } from './container-environment.ts';
import { enterImageRoot } from './image-root.ts';
import { locateContainer } from './locate-container.ts';
import { type CommandOptions, runCommand } from './run-command.ts';
import { substitute } from './substitute.ts';
import { createTrialFolder } from './trial-folder.ts';
import type { TrialRun } from './trial-run.ts';

export interface TrialOptions
  extends Pick<CommandOptions, 'timeoutSeconds' | 'signal' | 'joined' | 'onOutput'> {
  /** Values by parameter name. Default: what the feasible space begins with. */
  readonly set?: Assignments | undefined;
  /** Default: the Experiment's name and `-local`. */
  readonly trialName?: string | undefined;
  /** Default: that of the Experiment, else `default`. */
  readonly namespace?: string | undefined;
  /** `host:port` of the DB manager. Absent: `KATIB_DB_MANAGER_ADDRESS` is only set if the container sets it. */
  readonly address?: string | undefined;
  /** Folders that are searched for commands first; then those of the container's `PATH`, then those of this process. */
  readonly path?: readonly string[] | undefined;
  /**
   * A folder that the command sees as its image's root ({@link enterImageRoot}); it starts in the container's `workingDir`,
   * else in `/`. Absent: it sees this machine's files, and starts in an empty folder.
   */
  readonly root?: string | undefined;
  /** Variables set before those of the container. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** What a run takes over from this process; everything else stays outside, as in a container. */
const INHERITED = (
  'HOME USER LOGNAME LANG LC_ALL TZ LD_LIBRARY_PATH VIRTUAL_ENV CONDA_PREFIX CUDA_VISIBLE_DEVICES ' +
  'SSL_CERT_FILE'
).split(' ');

/**
 * Runs the primary container's command here, in a fresh temporary folder, with the substitutions of Katib and the
 * kubelet. The container's image is not used: the commands have to be installed on this machine.
 *
 * Throws {@link OracleError}: `usage`, `missing-value`, `bad-experiment`, `no-container`, `no-command`,
 * `command-not-found`, `not-startable`, `no-root`; and the reason of an aborted `signal`. A run that fails or runs out of time is a result, not an error.
 */
export async function runTrial(experiment: unknown, options: TrialOptions = {}): Promise<TrialRun> {
  const identity = trialIdentity(experiment, options);
  const trial = substitute(experiment, options.set ?? {}, identity);
  const container = valueAt(trial, ...locateContainer(trial).at);
  const { values, absent } = containerEnvironment(
    container,
    identity,
    valueAt(trial, 'spec', 'trialTemplate', 'primaryPodLabels'),
  );
  const words = containerCommand(await joinWords(trial, container), values);
  const folder = await createTrialFolder([
    ...(options.path ?? []),
    ...(values.get('PATH')?.split(':') ?? []),
  ]);
  try {
    const cwd = valueAt(container, 'workingDir');
    const front =
      options.root === undefined
        ? []
        : await enterImageRoot(
            resolve(options.root),
            folder.root,
            typeof cwd === 'string' && cwd ? cwd : '/',
          );
    const started = [...front, ...words];
    const file = await findCommand(started[0] ?? '', folder.searchPath, folder.work);
    if (file === undefined) throw notFound(started[0] ?? '');
    const run = await runCommand(file, started, {
      folder: folder.work,
      environment: {
        ...inherited(),
        TMPDIR: folder.temporary,
        ...options.environment,
        ...Object.fromEntries(values),
        PATH: folder.searchPath,
        ...(options.address === undefined ? {} : { KATIB_DB_MANAGER_ADDRESS: options.address }),
      },
      timeoutSeconds: options.timeoutSeconds,
      signal: options.signal,
      joined: options.joined,
      onOutput: options.onOutput,
    });
    const policy = values.get('KATIB_PUSH_NON_FINITE') ?? options.environment?.KATIB_PUSH_NON_FINITE;
    return {
      ...run,
      command: words,
      names: await folder.names(),
      pushesNotFinite: policy === 'push',
      absentVariables: absent,
    };
  } finally {
    await folder.remove();
  }
}

/** The names that a trial of the Experiment runs under: those of the options, else derived from its metadata. */
export function trialIdentity(experiment: unknown, options: Pick<TrialOptions, 'trialName' | 'namespace'>) {
  const metadata = valueAt(experiment, 'metadata');
  const name = valueAt(metadata, 'name') || valueAt(metadata, 'generateName') || 'experiment';
  return {
    trialName: options.trialName ?? `${String(name).replace(/-$/, '')}-local`,
    namespace: options.namespace ?? String(valueAt(metadata, 'namespace') || 'default'),
  };
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

function notFound(command: string): OracleError {
  const message = command.includes('/')
    ? `there is no file ${command} here`
    : `the command ${command} is not installed here: install it, or add its folder to PATH`;
  return new OracleError('command-not-found', message);
}
