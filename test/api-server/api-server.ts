import { randomUUID } from 'node:crypto';
import { admit, type ChainLink } from './admit.ts';
import { Refusal } from './call-webhook.ts';
import { validateAsKatib } from './katib-validator.ts';
import type { Attempt, KubernetesObject } from './review.ts';
import { receiveWarnings } from './warnings.ts';
import type { MutatingWebhook } from './webhook.ts';

/** What became of a request. */
export interface Outcome {
  /** Why it was refused; absent where it went through. */
  readonly refused?: string;
  /** The object as it is stored now, or would be (`dryRun`); null once it is gone, or where it was refused. */
  readonly stored: KubernetesObject | null;
  readonly chain: readonly ChainLink[];
  readonly warnings: readonly string[];
  /** What is wrong with the warnings. */
  readonly warningFaults: readonly string[];
}

export interface RequestOptions {
  readonly dryRun?: boolean;
}

/**
 * A double of the Kubernetes API server: it holds Experiments and Trials, and does to each request what the admission chain does.
 * It is no API server: what it knows is in this folder, and it is only used in tests.
 */
export interface ApiServerDouble {
  create(object: KubernetesObject, options?: RequestOptions): Promise<Outcome>;
  /** A PUT, or what a PATCH comes to: the whole new object. */
  update(object: KubernetesObject, options?: RequestOptions): Promise<Outcome>;
  /** Takes `status` of the object alone. */
  updateStatus(object: KubernetesObject): Promise<Outcome>;
  /** With finalizers, the object is marked and stays until an update takes the last one away. */
  remove(name: string): Promise<Outcome>;
  get(name: string): KubernetesObject | undefined;
}

/** @param stored objects that are there already */
export function createApiServerDouble(
  webhooks: readonly MutatingWebhook[],
  stored: readonly KubernetesObject[] = [],
): ApiServerDouble {
  const objects = new Map(stored.map((object) => [nameOf(object), object]));

  const request = async (
    attempt: Attempt,
    store: (object: KubernetesObject | null) => KubernetesObject | null,
  ): Promise<Outcome> => {
    let chain: readonly ChainLink[] = [];
    try {
      const admitted = await admit(webhooks, attempt);
      chain = admitted.chain;
      if (
        admitted.object !== null &&
        isExperiment(admitted.object) &&
        attempt.operation !== 'DELETE' &&
        attempt.subResource === undefined
      ) {
        const problems = validateAsKatib(admitted.object, attempt.oldObject);
        if (problems.length > 0)
          throw new Refusal(
            `admission webhook "validator.experiment" denied the request: ${problems.join('; ')}`,
          );
      }
      return outcome(chain, store(admitted.object));
    } catch (error) {
      if (error instanceof Refusal) return { ...outcome(chain, null), refused: error.message };
      throw error;
    }
  };
  const keep = (object: KubernetesObject, dryRun: boolean) => {
    if (!dryRun) objects.set(nameOf(object), object);
    return object;
  };

  return {
    create: (object, { dryRun = false } = {}) =>
      request({ operation: 'CREATE', object: plain(object), oldObject: null, dryRun }, (admitted) =>
        keep(withMetadata(admitted as KubernetesObject, { uid: randomUUID(), resourceVersion: '1' }), dryRun),
      ),
    update: async (object, { dryRun = false } = {}) => {
      const old = objects.get(nameOf(object));
      if (!old) return { ...outcome([], null), refused: `experiments "${nameOf(object)}" not found` };
      const { uid, creationTimestamp, deletionTimestamp } = metadataOf(old);
      const system = {
        uid,
        creationTimestamp,
        deletionTimestamp,
        resourceVersion: metadataOf(old).resourceVersion,
      };
      const given = { ...plain(withMetadata(object, system)), ...(old.status ? { status: old.status } : {}) };
      return request({ operation: 'UPDATE', object: plain(given), oldObject: old, dryRun }, (admitted) => {
        const version = String(Number(metadataOf(old).resourceVersion) + 1);
        const next = withMetadata(admitted as KubernetesObject, { resourceVersion: version });
        if (deletionTimestamp !== undefined && finalizersOf(next).length === 0) {
          if (!dryRun) objects.delete(nameOf(next));
          return null;
        }
        return keep(next, dryRun);
      });
    },
    updateStatus: (object) => {
      const old = objects.get(nameOf(object)) as KubernetesObject;
      const given = { ...old, status: object.status };
      return request(
        { operation: 'UPDATE', object: plain(given), oldObject: old, subResource: 'status' },
        (admitted) => keep(admitted as KubernetesObject, false),
      );
    },
    remove: (name) => {
      const old = objects.get(name) ?? null;
      return request({ operation: 'DELETE', object: null, oldObject: old }, () => {
        if (old && finalizersOf(old).length > 0)
          return keep(withMetadata(old, { deletionTimestamp: '2026-01-01T00:00:00Z' }), false);
        objects.delete(name);
        return null;
      });
    },
    get: (name) => objects.get(name),
  };
}

/** Katib validates Experiments alone. */
function isExperiment({ kind }: KubernetesObject): boolean {
  return kind === 'Experiment';
}

function outcome(chain: readonly ChainLink[], stored: KubernetesObject | null): Outcome {
  const { shown, faults } = receiveWarnings(chain.flatMap(({ warnings }) => warnings));
  return { stored, chain, warnings: shown, warningFaults: faults };
}

function metadataOf(object: KubernetesObject): Readonly<Record<string, unknown>> {
  return (object.metadata ?? {}) as Readonly<Record<string, unknown>>;
}

function nameOf(object: KubernetesObject): string {
  return String(metadataOf(object).name);
}

function finalizersOf(object: KubernetesObject): readonly unknown[] {
  return (metadataOf(object).finalizers ?? []) as readonly unknown[];
}

function withMetadata(object: KubernetesObject, more: Readonly<Record<string, unknown>>): KubernetesObject {
  return plain({ ...object, metadata: { ...metadataOf(object), ...more } });
}

/** As it comes out of JSON: a copy, without what is undefined. */
function plain(object: KubernetesObject): KubernetesObject {
  return JSON.parse(JSON.stringify(object));
}
