import { shimVariable, wrapWords } from '@katib-push/shim';
import { keptFor } from '../capture/early-stopping.ts';
import { katibFolder, volumeName } from '../capture/find-volume.ts';
import { type CelVariable, celText, fieldOr } from './cel.ts';
import { isPodCertain } from './job-kinds.ts';
import { isConfigCertain } from './shim-config-expression.ts';
import { wordsStay } from './words.ts';

/** What stands in a front for the interpreter that the words run themselves. */
export const ownInterpreter = 'KATIB_PUSH_OWN_INTERPRETER';

const markers = [shimVariable, 'KATIB_PUSH_CONFIG'];

/** What is done to the container and its pod; behind the variables that say which. */
export function changeVariables(address: string | undefined): readonly CelVariable[] {
  const text = (name: string, value: string): string =>
    `dyn({"name": ${celText(name)}, "value": string(${value})})`;
  const variables = [
    text(shimVariable, 'variables.shim'),
    text('KATIB_PUSH_CONFIG', 'variables.config.replace("$", "$$")'),
    ...(address === undefined ? [] : [text('KATIB_DB_MANAGER_ADDRESS', celText(address))]),
  ];
  const wantedLabels =
    'variables.podLabels.map(k, "[\\"" + k + "\\",\\"" + variables.labels[k] + "\\"]").join(",")';
  const labelOf = [
    '"name": dyn("KATIB_PUSH_LABEL_" + string(variables.podLabels.indexOf(k)))',
    `"valueFrom": dyn({"fieldRef": {"fieldPath": "metadata.labels['" + k + "']"}})`,
  ].join(', ');
  const set =
    address === undefined
      ? 'variables.given'
      : `variables.given.filter(e, e.name != "KATIB_DB_MANAGER_ADDRESS")`;
  return [
    { name: 'given', expression: `dyn(${fieldOr('variables.container.env', '[]')})` },
    {
      name: 'podEnv',
      expression: `size(variables.podLabels) == 0 ? [] : [${text('KATIB_PUSH_POD_LABELS', `"[" + ${wantedLabels} + "]"`)}] + variables.podLabels.map(k, dyn({${labelOf}}))`,
    },
    { name: 'env', expression: `${set} + [${variables.join(', ')}] + variables.podEnv` },
    {
      name: 'front',
      expression: `variables.own == "" ? params.data.front : params.data.frontWithOwn.replace(${celText(ownInterpreter)}, variables.own)`,
    },
    // the folder that Katib mounts for a sidecar alone
    {
      name: 'wantedFolder',
      expression: `variables.file ? variables.filePath.substring(0, variables.filePath.lastIndexOf("/")) : !variables.pushes && variables.words.exists(w, w.contains(${celText(katibFolder)})) ? ${celText(katibFolder)} : ""`,
    },
    { name: 'mounts', expression: `dyn(${fieldOr('variables.container.volumeMounts', '[]')})` },
    {
      name: 'folder',
      expression:
        'variables.mounts.exists(m, (variables.wantedFolder + "/").startsWith(m.mountPath.endsWith("/") ? m.mountPath : m.mountPath + "/")) ? "" : variables.wantedFolder',
    },
    {
      name: 'volumes',
      expression: `dyn(${fieldOr('variables.template.spec.volumes', '[]')})`,
    },
    {
      name: 'takes',
      expression: [
        isPodCertain,
        'has(variables.container.command) && size(variables.container.command) > 0',
        `!variables.given.exists(e, e.name in [${markers.map(celText).join(', ')}])`,
        `(variables.pushes || ${wordsStay})`,
        isConfigCertain,
      ].join(' && '),
    },
  ];
}

/** The operations of `rewriteTrial`; none where the Trial is left. */
export function mutationExpression(): string {
  const set = (path: string, value: string): string => `JSONPatch{op: "add", path: ${path}, value: ${value}}`;
  const at = 'variables.path + "/containers/" + string(variables.index)';
  const volume = `[dyn({"name": dyn(${celText(volumeName)}), "emptyDir": dyn({})})]`;
  const mount = `[dyn({"name": ${celText(volumeName)}, "mountPath": string(variables.folder)})]`;
  const wrapping = wrapWords([])
    .map((word, index) => (index === 2 ? 'string(variables.front)' : celText(word)))
    .join(', ');
  const capture = [
    set(`${at} + "/command"`, `[${wrapping}] + variables.container.command`),
    set(`${at} + "/env"`, 'variables.env'),
    set('"/spec/metricsCollector/collector/kind"', '"Push"'),
  ];
  const folder = [
    set('variables.path + "/volumes"', `variables.volumes + ${volume}`),
    set(`${at} + "/volumeMounts"`, `variables.mounts + ${mount}`),
  ];
  const job = 'object.spec.runSpec.spec';
  const kept = 'ttlSecondsAfterFinished';
  const isKept = `variables.field == "" ? has(${job}.${kept}) : has(${job}.runPolicy) && has(${job}.runPolicy.${kept})`;
  const retained = [
    `[${set('"/spec/retainRun"', 'true')}]`,
    `((${isKept}) ? [] : variables.field == "" ? [${set(`"/spec/runSpec/spec/${kept}"`, `${keptFor}`)}] : has(${job}.runPolicy) ? [${set(`"/spec/runSpec/spec/runPolicy/${kept}"`, `${keptFor}`)}] : [${set('"/spec/runSpec/spec/runPolicy"', `{"${kept}": ${keptFor}}`)}])`,
  ];
  return [
    `!variables.takes ? [] : [${capture.join(', ')}]`,
    `(variables.folder == "" ? [] : [${folder.join(', ')}])`,
    `(size(variables.rules) == 0 ? [] : ${retained.join(' + ')})`,
  ].join(' + ');
}
