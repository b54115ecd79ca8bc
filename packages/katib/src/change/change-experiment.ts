import type { ClientNeeds, Language, PushClient, Rewritten, ScriptPlan } from '@katib-push/core';
import { isRecord } from '../json-pointer.ts';
import type { PrimaryContainer } from '../locate/locate-container.ts';
import type { PatchOperation } from '../patch.ts';
import type { Settings } from '../policy/settings.ts';
import { type Experiment, trialSpecPath } from '../read-experiment.ts';
import { continueRecord } from '../record/continue-record.ts';
import { recordAnnotation, versionAnnotation } from '../record/place.ts';
import { type Insertions, recordChanges } from '../record/record.ts';
import { version } from '../version.ts';
import { createPatch, type PatchBuilder } from './build-patch.ts';
import { type ClientConfig, escapeForKubelet } from './client-settings.ts';
import { placeholderOf, type TrialNameParameter, trialParameterEntry } from './trial-name.ts';

/** What the change of an Experiment is made of. */
export interface Change {
  readonly given: unknown;
  readonly experiment: Experiment;
  readonly settings: Settings;
  readonly container: PrimaryContainer;
  readonly rewritten: Rewritten;
  readonly config: ClientConfig;
  /** What the clients' sources have to hold. */
  readonly needs: ClientNeeds;
  readonly trialName: TrialNameParameter;
  /** All that are registered: one client may need another's. */
  readonly languages: readonly Language[];
}

const injectionLabel = 'katib.kubeflow.org/metrics-collector-injection';

/**
 * The patch that puts a rewrite into effect: scripts, environment, trial parameter, collector, annotations. Empty where
 * all of it is in effect already. Scripts that were rewritten earlier get what their clients need now: the Experiment
 * may have been edited since.
 */
export function changeExperiment(change: Change): readonly PatchOperation[] {
  const { given, experiment, settings, container, rewritten, trialName } = change;
  const patch = createPatch(given);
  for (const [pointer, text] of rewritten.strings) {
    const [field, index] = pointer.slice(container.pointer.length + 1).split('/') as [string, string];
    patch.set([...trialSpecPath, ...container.path, field, Number(index)], text);
  }
  const edited = rewritten.scripts.filter(
    (plan) => plan.edits.length > 0 || plan.statements.some(({ statement }) => statement.wrapped),
  );
  setEnvironment(patch, change, edited);
  if (!container.severalPods && trialName.added && edited.length > 0)
    patch.append(['spec', 'trialTemplate', 'trialParameters'], trialParameterEntry(trialName));
  setCollector(patch, experiment, settings, container);
  if (patch.build().length === 0) return [];
  const fresh = recordChanges(given, patch.build(), insertionsOf(change));
  const again = edited.some(({ statements }) => statements.some(({ statement }) => statement.wrapped));
  const record = again ? continueRecord(given, fresh) : fresh;
  patch.set(['metadata', 'annotations', versionAnnotation], version);
  patch.set(['metadata', 'annotations', recordAnnotation], JSON.stringify(record));
  return patch.build();
}

/** Where the edits put text, in the strings after them. Core's edits of scripts insert and replace nothing. */
function insertionsOf({ rewritten }: Change): ReadonlyMap<string, Insertions> {
  const found = [...rewritten.edits].map(([pointer, edits]) => {
    let shift = 0;
    const insertions = edits.flatMap(({ from, insert }) => {
      const at = from + shift;
      shift += insert.length;
      return [at, insert.length];
    });
    return [pointer, insertions] as const;
  });
  return new Map(found);
}

/** Scripts that hold the client themselves need nothing from the environment. */
function setEnvironment(patch: PatchBuilder, change: Change, edited: readonly ScriptPlan[]): void {
  const { container, config, needs, trialName, languages } = change;
  const variables = new Map<string, string>();
  for (const { delivery, program } of edited) {
    if (delivery.kind === 'env')
      for (const client of clientsOf(program.language, languages))
        variables.set(client.environmentVariable, escapeForKubelet(client.source(needs)));
    if (delivery.kind === 'inline') continue;
    variables.set('KATIB_PUSH_CONFIG', escapeForKubelet(JSON.stringify(config)));
    if (change.settings.address)
      variables.set('KATIB_DB_MANAGER_ADDRESS', escapeForKubelet(change.settings.address));
    if (!container.severalPods) variables.set('KATIB_PUSH_TRIAL_NAME', placeholderOf(trialName).placeholder);
  }
  const path = [...trialSpecPath, ...container.path, 'env'];
  const present: readonly unknown[] = Array.isArray(container.value.env) ? container.value.env : [];
  for (const [name, value] of variables) {
    const index = present.findIndex((entry) => isRecord(entry) && entry.name === name);
    if (index < 0) patch.append(path, { name, value });
    else patch.set([...path, index], { name, value });
  }
}

/** A language's client and those that it hands its work to. */
function clientsOf({ client }: Language, languages: readonly Language[]): readonly PushClient[] {
  if (!client) return [];
  const others = languages.filter(({ name }) => client.requires?.includes(name));
  return [client, ...others.flatMap((other) => other.client ?? [])];
}

function setCollector(
  patch: PatchBuilder,
  experiment: Experiment,
  settings: Settings,
  container: PrimaryContainer,
): void {
  const kind = settings.legacyCollector ? 'None' : 'Push';
  if (experiment.collector !== kind) patch.set(['spec', 'metricsCollectorSpec', 'collector', 'kind'], kind);
  if (settings.legacyCollector && container.podPath)
    patch.set([...trialSpecPath, ...container.podPath, 'metadata', 'labels', injectionLabel], 'disabled');
}
