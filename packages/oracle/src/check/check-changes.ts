import type { PrimaryContainer } from '@katib-push/katib';
import { isObject, listOr, pointerTo, valueAt } from '../json/read-json.ts';
import { locateContainer } from '../trial/locate-container.ts';
import { isInferred } from './inferred-formats.ts';
import { type Change, listChanges } from './list-changes.ts';
import type { Problem } from './problem.ts';
import { unwrapShim } from './unwrap-shim.ts';

const INJECTION_LABEL = 'katib.kubeflow.org/metrics-collector-injection';
const TEMPLATE = '/spec/trialTemplate';

/**
 * The changes between two Experiments that a rewrite has no right to. Allowed are: the collector's kind, from StdOut, File,
 * Push or None to Push or None; the shim in front of the primary container's command, and the folder that Katib would mount
 * for it; strings of the primary container's `command` and `args`; new variables
 * `KATIB_…` of that container, and new values of `KATIB_PUSH_…`; new trial parameters that refer to the trial itself; annotations and labels `katib-push.io/…`; the
 * label that keeps Katib's pod webhook away; and filters and names that the Experiment asks to infer.
 */
export function checkChanges(original: unknown, rewritten: unknown): readonly Problem[] {
  const container = locate(original);
  const { experiment, isCaptured } = container
    ? unwrapShim(original, rewritten, container)
    : { experiment: rewritten, isCaptured: false };
  const changes = listChanges(original, experiment);
  const rules = [
    isAnnotation,
    isLabel,
    isVolume,
    isCollector,
    isTrialParameter,
    isInjectionLabel,
    isInferred,
    ...(container ? inContainer(container) : []),
  ];
  const forbidden = changes.filter((change) => !rules.some((rule) => rule(change, original)));
  const problems = forbidden.map((change) => ({
    rule: 'changed-elsewhere',
    pointer: change.pointer,
    message: `${change.pointer} was changed (${change.kind}) from ${shown(change.before)} to ${shown(change.after)}`,
  }));
  return [...problems, ...checkSwitch(isCaptured || changesScript(changes), original, rewritten)];
}

/** The collector and the script change together: one without the other loses metrics, or stores them twice. */
function checkSwitch(pushes: boolean, original: unknown, rewritten: unknown): readonly Problem[] {
  const pointer = '/spec/metricsCollectorSpec/collector/kind';
  const [before, after] = [collectorKind(original), collectorKind(rewritten)];
  if (pushes && !isPush(after)) {
    const message = `the script pushes, and the collector ${String(after)} would store the same rows again`;
    return [{ rule: 'collected-twice', pointer, message }];
  }
  if (!pushes && before !== after) {
    const message = `the collector went from ${String(before)} to ${String(after)}, but no script was changed to push`;
    return [{ rule: 'collected-never', pointer, message }];
  }
  return [];
}

function changesScript(changes: readonly Change[]): boolean {
  return changes.some(({ pointer }) => /\/(command|args)\/\d+$/.test(pointer));
}

const isAnnotation = (change: Change): boolean => isOurs('annotations', change);
const isLabel = (change: Change): boolean => isOurs('labels', change);

function isOurs(field: 'annotations' | 'labels', { pointer, kind, after }: Change): boolean {
  if (pointer.startsWith(`/metadata/${field}/katib-push.io~1`)) return kind !== 'remove';
  return (
    pointer === `/metadata/${field}` &&
    kind === 'add' &&
    hasOnly(after, (name) => name.startsWith('katib-push.io/'))
  );
}

/** An empty volume of ours, and where it is mounted: what Katib adds for a metrics collector. */
function isVolume({ pointer, kind, after }: Change): boolean {
  if (kind !== 'add' || !/\/(?:volumes|volumeMounts)(?:\/\d+)?$/.test(pointer)) return false;
  const added = Array.isArray(after) ? after : [after];
  return added.every((item) => valueAt(item, 'name') === 'katib-push-metrics');
}

function isCollector({ pointer, kind, after }: Change, original: unknown): boolean {
  const before = collectorKind(original);
  if (kind === 'remove' || (before !== 'StdOut' && before !== 'File' && !isPush(before))) return false;
  const [path, value] = (
    [
      ['/spec/metricsCollectorSpec', { collector: after }],
      ['/spec/metricsCollectorSpec/collector', after],
      ['/spec/metricsCollectorSpec/collector/kind', { kind: after }],
    ] as const
  ).find(([each]) => each === pointer) ?? [undefined, undefined];
  if (path === undefined) return false;
  if (path === '/spec/metricsCollectorSpec') {
    return hasOnly(after, (name) => name === 'collector') && isKindOnly(valueAt(after, 'collector'));
  }
  return isKindOnly(value);
}

function isTrialParameter({ pointer, kind, after }: Change): boolean {
  if (kind !== 'add') return false;
  if (pointer === `${TEMPLATE}/trialParameters`) return listOr(after).every(refersToTrial);
  return /^\/spec\/trialTemplate\/trialParameters\/\d+$/.test(pointer) && refersToTrial(after);
}

function isInjectionLabel({ pointer, kind, after }: Change): boolean {
  if (kind === 'remove' || !pointer.startsWith(`${TEMPLATE}/trialSpec/`)) return false;
  if (pointer.endsWith(pointerTo('/metadata/labels', INJECTION_LABEL))) return after === 'disabled';
  const labels = pointer.endsWith('/metadata/labels') ? after : valueAt(after, 'labels');
  if (pointer.endsWith('/metadata') && !hasOnly(after, (name) => name === 'labels')) return false;
  if (!/\/metadata(\/labels)?$/.test(pointer) || kind !== 'add') return false;
  return (
    hasOnly(labels, (name) => name === INJECTION_LABEL) && valueAt(labels, INJECTION_LABEL) === 'disabled'
  );
}

function inContainer({ pointer: at, at: path }: PrimaryContainer) {
  const isScript = ({ pointer, kind, before, after }: Change) => {
    const inside = pointer.startsWith(`${at}/`) && /^(command|args)\/\d+$/.test(pointer.slice(at.length + 1));
    return inside && kind === 'replace' && typeof before === 'string' && typeof after === 'string';
  };
  const isVariable = ({ pointer, kind, after }: Change, original: unknown) => {
    if (kind === 'replace') return isOwnValue(pointer, original);
    if (kind !== 'add') return false;
    const taken = listOr(valueAt(original, ...path, 'env')).map((entry) => valueAt(entry, 'name'));
    const isNew = (entry: unknown) => isOwnVariable(entry) && !taken.includes(valueAt(entry, 'name'));
    if (pointer === `${at}/env`) return listOr(after).every(isNew);
    return pointer.startsWith(`${at}/env/`) && /^\d+$/.test(pointer.slice(at.length + 5)) && isNew(after);
  };
  /** Variables of the client that are there already get the value that belongs to this rewrite. */
  const isOwnValue = (pointer: string, original: unknown) => {
    const index =
      pointer.startsWith(`${at}/env/`) && /^(\d+)\/value$/.exec(pointer.slice(at.length + 5))?.[1];
    const name = index && valueAt(original, ...path, 'env', Number(index), 'name');
    return typeof name === 'string' && name.startsWith('KATIB_PUSH_');
  };
  return [isScript, isVariable];
}

function isOwnVariable(entry: unknown): boolean {
  const name = valueAt(entry, 'name');
  if (typeof name !== 'string' || !/^KATIB_[A-Z0-9_]+$/.test(name)) return false;
  return hasOnly(entry, (field) => ['name', 'value', 'valueFrom'].includes(field));
}

function refersToTrial(parameter: unknown): boolean {
  const reference = valueAt(parameter, 'reference');
  if (typeof reference !== 'string' || !/^\$\{trialSpec\..+\}$/.test(reference)) return false;
  return hasOnly(parameter, (field) => ['name', 'description', 'reference'].includes(field));
}

function isKindOnly(collector: unknown): boolean {
  return hasOnly(collector, (name) => name === 'kind') && isPush(valueAt(collector, 'kind'));
}

function hasOnly(value: unknown, allowed: (name: string) => boolean): boolean {
  return isObject(value) && Object.keys(value).every(allowed);
}

function isPush(kind: unknown): boolean {
  return kind === 'Push' || kind === 'None';
}

function collectorKind(experiment: unknown): unknown {
  return valueAt(experiment, 'spec', 'metricsCollectorSpec', 'collector', 'kind') ?? 'StdOut';
}

function locate(experiment: unknown): PrimaryContainer | undefined {
  try {
    return locateContainer(experiment, true);
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
