import type {
  ConnectOptions,
  DbManager,
  DbManagerConnection,
  DbManagerOptions,
} from '@katib-push/db-manager';
import type {
  createAdmissionPolicy,
  rewriteExperiment,
  rewriteScript,
  Undone,
  wrapTemplate,
} from '@katib-push/katib';
import type * as Oracle from '@katib-push/oracle';
import type * as WebhookServer from '@katib-push/webhook/server';

/** What the commands call. Each loads its package at the first call only, so that `--help` is quick. */
export interface Services {
  readonly rewriteExperiment: typeof rewriteExperiment;
  readonly wrapTemplate: typeof wrapTemplate;
  readonly rewriteScript: typeof rewriteScript;
  readonly createAdmissionPolicy: (
    options: Parameters<typeof createAdmissionPolicy>[0],
  ) => Promise<ReturnType<typeof createAdmissionPolicy>>;
  readonly undoExperiment: (experiment: unknown) => Promise<Undone>;
  readonly startDbManager: (options: DbManagerOptions) => Promise<DbManager>;
  readonly connectDbManager: (address: string, options: ConnectOptions) => Promise<DbManagerConnection>;
  readonly loadOracle: () => Promise<typeof Oracle>;
  readonly loadWebhookServer: () => Promise<Pick<typeof WebhookServer, 'serve'>>;
}

/** The real services. */
export function loadServices(): Services {
  return {
    rewriteExperiment: async (...args) => (await import('@katib-push/katib')).rewriteExperiment(...args),
    wrapTemplate: async (...args) => (await import('@katib-push/katib')).wrapTemplate(...args),
    rewriteScript: async (...args) => (await import('@katib-push/katib')).rewriteScript(...args),
    createAdmissionPolicy: async (options) =>
      (await import('@katib-push/katib')).createAdmissionPolicy(options),
    undoExperiment: async (given) => (await import('@katib-push/katib')).undoExperiment(given),
    startDbManager: async (options) => (await import('@katib-push/db-manager')).startDbManager(options),
    connectDbManager: async (...args) => (await import('@katib-push/db-manager')).connectDbManager(...args),
    loadOracle: () => import('@katib-push/oracle'),
    loadWebhookServer: () => import('@katib-push/webhook/server'),
  };
}
