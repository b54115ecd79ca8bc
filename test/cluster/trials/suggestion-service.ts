import { join } from 'node:path';
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { addresses, katibSources } from '../control-plane/katib.ts';
import { type Kube, mergePatch } from '../control-plane/kube.ts';

/** What an Experiment's trials are given, one after the other; the last one again where there are more. */
export interface Suggested {
  readonly assignments: readonly Readonly<Record<string, string>>[];
  /** Rules for trials from the second one on; absent for none. */
  readonly rules?: readonly EarlyStoppingRule[];
}

interface EarlyStoppingRule {
  readonly name: string;
  readonly value: string;
  readonly comparison: 'EQUAL' | 'LESS' | 'GREATER';
  readonly start_step: number;
}

/** The suggestion and early stopping services of all Experiments. */
export interface SuggestionService {
  /** Says what the trials of the next Experiment of this name are given. */
  give(experiment: string, suggested: Suggested): void;
  /** Trials that were reported as stopped. */
  readonly stopped: readonly string[];
  close(): void;
}

type Answer = (request: never) => object | Promise<object>;

/**
 * Ours in place of Katib's algorithms (their contract is Katib's: api.proto). All Experiments find it under the same
 * address of the loopback, by the `hosts` file.
 */
export async function startSuggestionService(
  kube: Kube,
  namespaces: readonly string[],
): Promise<SuggestionService> {
  const definitions = loadSync(join(katibSources(), 'pkg/apis/manager/v1beta1/api.proto'), {
    keepCase: true,
    defaults: true,
    enums: String,
  });
  const experiments = new Map<string, Suggested>();
  const stopped: string[] = [];

  const suggestion: Record<string, Answer> = {
    ValidateAlgorithmSettings: () => ({}),
    // by what was asked before, not by calls: Katib asks again where it could not store an answer
    GetSuggestions: ({
      experiment,
      current_request_number,
      total_request_number,
    }: {
      experiment: { name: string };
      current_request_number: number;
      total_request_number: number;
    }) => {
      const { assignments = [] } = experiments.get(experiment.name) ?? {};
      const from = total_request_number - current_request_number;
      const next = (at: number) => assignments[Math.min(at, assignments.length - 1)] ?? {};
      return {
        parameter_assignments: Array.from({ length: current_request_number }, (_, at) => ({
          assignments: Object.entries(next(from + at)).map(([name, value]) => ({ name, value })),
        })),
      };
    },
  };
  const earlyStopping: Record<string, Answer> = {
    ValidateEarlyStoppingSettings: () => ({}),
    GetEarlyStoppingRules: ({
      experiment,
      trials,
    }: {
      experiment: { name: string };
      trials: readonly unknown[];
    }) => ({
      early_stopping_rules: trials.length === 0 ? [] : (experiments.get(experiment.name)?.rules ?? []),
    }),
    SetTrialStatus: async ({ trial_name }: { trial_name: string }) => {
      stopped.push(trial_name);
      const paths = namespaces.map(
        (each) => `/apis/kubeflow.org/v1beta1/namespaces/${each}/trials/${trial_name}`,
      );
      const found = await Promise.all(paths.map((each) => kube.call('GET', each)));
      const at = found.findIndex(({ status }) => status === 200);
      if (at < 0) throw new Error(`there is no trial ${trial_name}`);
      const [path, trial] = [paths[at]!, found[at]!.body];
      const now = new Date().toISOString().replace(/\.\d+/, '');
      const condition = {
        type: 'EarlyStopped',
        status: 'True',
        reason: 'TrialEarlyStopped',
        message: 'Trial is early stopped',
        lastUpdateTime: now,
        lastTransitionTime: now,
      };
      const conditions = [...(trial.status?.conditions ?? []), condition];
      await kube.must('PATCH', `${path}/status`, { status: { conditions } }, { type: mergePatch });
      return {};
    },
  };
  const servers = [
    await serve(definitions['api.v1.beta1.Suggestion'] as never, suggestion, 6789),
    await serve(definitions['api.v1.beta1.EarlyStopping'] as never, earlyStopping, 6788),
  ];
  return {
    give(experiment, suggested) {
      experiments.set(experiment, suggested);
    },
    stopped,
    close: () => {
      for (const server of servers) server.forceShutdown();
    },
  };
}

async function serve(
  definition: never,
  answers: Readonly<Record<string, Answer>>,
  port: number,
): Promise<Server> {
  const handlers: UntypedServiceImplementation = {};
  for (const [name, answer] of Object.entries(answers))
    handlers[name] = ((call, callback) => {
      Promise.resolve()
        .then(() => answer(call.request as never))
        .then((reply) => callback(null, reply), callback);
    }) satisfies handleUnaryCall<unknown, object> as never;
  const server = new Server();
  server.addService(definition, handlers);
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`${addresses.suggestion}:${port}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
  return server;
}
