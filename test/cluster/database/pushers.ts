import { shimSource, shimVariable, usualShimNeeds, wrapWords } from '@katib-push/shim';
import { type ConformingClient, clients } from '../../client/conformance/clients.ts';
import { type Plan, programText } from '../../client/reliability/program.ts';
import { type Running, startRunning } from '../../client/reliability/running.ts';

/** What pushes the rows of a program: a client inside it, or the shim around it. */
export interface Pusher {
  readonly name: string;
  /** Starts a program that prints by this plan. `onEnd` is called with its folder, where the spill file is. */
  start(plan: Plan, env: Readonly<Record<string, string>>, onEnd: (folder: string) => void): Running;
}

const config = JSON.stringify({ metrics: ['loss'], filters: null });

const clientPusher = (client: ConformingClient): Pusher => ({
  name: client.language,
  start: (plan, env, onEnd) =>
    startRunning(
      {
        client,
        text: programText(client.language, plan),
        env: { [client.variable]: client.source, KATIB_PUSH_CONFIG: config, ...env },
      },
      onEnd,
    ),
});

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** The program is Python without a client: what it prints goes through a pipe of the shim's. */
const shim: Pusher = {
  name: 'shim',
  start: (plan, env, onEnd) =>
    startRunning(
      {
        client: clients[0]!,
        text: programText('python', plan),
        shell: `exec ${wrapWords([]).map(quote).join(' ')} "$@"`,
        env: {
          [shimVariable]: shimSource(usualShimNeeds),
          KATIB_PUSH_CONFIG: config,
          PYTHONUNBUFFERED: '1',
          ...env,
        },
      },
      onEnd,
    ),
};

/** All that deliver rows: the push client of each language, and the shim. */
export const pushers: readonly Pusher[] = [...clients.map(clientPusher), shim];
