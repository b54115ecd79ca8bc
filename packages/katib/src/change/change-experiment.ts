import { mapPositions, type Rewritten, type ScriptPlan } from '@katib-push/core';
import type { Analysis } from '../analyse-scripts.ts';
import type { Template } from '../locate/read-template.ts';
import type { PatchOperation } from '../patch.ts';
import type { Insertions } from '../record/record.ts';
import { setFormats } from './adopt-formats.ts';
import { createPatch, type PatchBuilder } from './build-patch.ts';
import { escapeForKubelet } from './client-settings.ts';
import { noteRecord } from './note-record.ts';
import { setCollector } from './set-collector.ts';
import { setVariables } from './set-variables.ts';
import { placeholderOf, trialParameterEntry } from './trial-name.ts';

/**
 * The patch that puts a rewrite into effect: scripts, environment, trial parameter, collector, annotations. Empty where
 * all of it is in effect already. Scripts that were rewritten earlier get what their clients need now: the Experiment
 * may have been edited since.
 */
export function changeExperiment(analysis: Analysis): readonly PatchOperation[] {
  const { rewritten, trialName, work } = analysis;
  const { given, experiment, settings, formats } = work;
  const { container } = work.template;
  const patch = createPatch(given);
  if (formats) setFormats(patch, given, formats);
  setWords(patch, work.template, rewritten);
  const edited = rewritten.scripts.filter(
    (plan) => plan.edits.length > 0 || plan.statements.some(({ statement }) => statement.wrapped),
  );
  setEnvironment(patch, analysis, edited);
  if (!container.severalPods && trialName.added && edited.length > 0)
    patch.append(['spec', 'trialTemplate', 'trialParameters'], trialParameterEntry(trialName));
  setCollector(patch, experiment, settings, container);
  if (patch.build().length === 0) return [];
  const again = edited.some(({ statements }) => statements.some(({ statement }) => statement.wrapped));
  noteRecord(patch, given, again, insertionsOf(rewritten));
  return patch.build();
}

/** Where the edits put text, in the strings after them. Core's edits of scripts insert and replace nothing. */
function insertionsOf({ edits: changes }: Rewritten): ReadonlyMap<string, Insertions> {
  return new Map(
    Array.from(changes, ([pointer, edits]) => {
      const { inserted } = mapPositions(edits);
      return [pointer, inserted.flatMap(({ from, to }) => [from, to - from])] as const;
    }),
  );
}

/** The strings that were rewritten; where words were joined, all of them. */
function setWords(patch: PatchBuilder, { container, runs }: Template, { strings }: Rewritten): void {
  if (runs.joined) {
    for (const field of ['command', 'args'] as const) {
      const words = runs[field].map((word, i) => strings.get(`${container.pointer}/${field}/${i}`) ?? word);
      if (words.length > 0) patch.set([...container.at, field], words);
    }
    return;
  }
  for (const [pointer, text] of strings) {
    const [field, index] = pointer.slice(container.pointer.length + 1).split('/') as [string, string];
    patch.set([...container.at, field, Number(index)], text);
  }
}

/** Scripts that hold the client themselves need nothing from the environment. */
function setEnvironment(patch: PatchBuilder, analysis: Analysis, edited: readonly ScriptPlan[]): void {
  const { config, needs, trialName, work } = analysis;
  const { container } = work.template;
  const { address } = work.settings;
  const variables = new Map<string, string>();
  for (const { delivery, program } of edited) {
    const { client } = program.language;
    if (delivery.kind === 'env' && client)
      variables.set(client.environmentVariable, escapeForKubelet(client.source(needs)));
    if (delivery.kind === 'inline') continue;
    variables.set('KATIB_PUSH_CONFIG', escapeForKubelet(JSON.stringify(config)));
    if (address) variables.set('KATIB_DB_MANAGER_ADDRESS', escapeForKubelet(address));
    if (!container.severalPods) variables.set('KATIB_PUSH_TRIAL_NAME', placeholderOf(trialName).placeholder);
  }
  setVariables(
    patch,
    container,
    Array.from(variables, ([name, value]) => ({ name, value })),
  );
}
