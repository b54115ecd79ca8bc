import { experimentLabel, port } from '../capture/early-stopping.ts';
import { algorithmLabel, deliverLabel } from '../policy/choices.ts';
import { type CelVariable, celText, fieldOr, jsonOf } from './cel.ts';

const label = (key: string): string => `object.metadata.labels[${celText(key)}]`;

/** `KATIB_PUSH_CONFIG` of a Trial: the text of `shimConfig`. */
export const configVariables: readonly CelVariable[] = [
  {
    name: 'names',
    expression: `[object.spec.objective.objectiveMetricName] + dyn(${fieldOr('object.spec.objective.additionalMetricNames', '[]')})`,
  },
  { name: 'rules', expression: fieldOr('object.spec.earlyStoppingRules', '[]') },
  // without a sidecar nothing is joined, and no folder is mounted
  { name: 'pushes', expression: 'object.spec.metricsCollector.collector.kind == "Push"' },
  { name: 'file', expression: 'object.spec.metricsCollector.collector.kind == "File"' },
  {
    name: 'filePath',
    expression: 'variables.file ? object.spec.metricsCollector.source.fileSystemPath.path : ""',
  },
  {
    name: 'format',
    expression: `variables.file ? ${fieldOr('object.spec.metricsCollector.source.fileSystemPath.format', '"TEXT"')} : ""`,
  },
  {
    name: 'deliver',
    expression: `variables.format == "JSON" ? "success" : ${celText(deliverLabel)} in object.metadata.labels ? ${label(deliverLabel)} : "live"`,
  },
  {
    name: 'ruleTexts',
    expression: `variables.rules.map(r, "{\\"name\\":" + ${jsonOf('r.name')} + ",\\"value\\":" + ${jsonOf('r.value')} + ",\\"comparison\\":" + ${jsonOf('r.comparison')} + ",\\"startStep\\":" + string(${fieldOr('r.startStep', '0')}) + "}")`,
  },
  {
    name: 'stopping',
    expression: [
      'size(variables.rules) == 0 ? "" : ",\\"rules\\":[" + variables.ruleTexts.join(",") + "]"',
      `",\\"objectiveType\\":" + ${jsonOf('object.spec.objective.type')}`,
      `",\\"earlyStopping\\":\\"" + ${label(experimentLabel)} + "-" + ${label(algorithmLabel)} + "." + object.metadata.namespace + ":${port}\\""`,
    ].join(' + '),
  },
  {
    name: 'config',
    expression: [
      `"{\\"metrics\\":[" + variables.names.map(n, ${jsonOf('n')}).join(",") + "]"`,
      '",\\"filters\\":" + variables.filters + ",\\"capture\\":\\"container\\",\\"deliver\\":\\"" + variables.deliver + "\\""',
      `(variables.file ? ",\\"file\\":{\\"path\\":" + ${jsonOf('variables.filePath')} + ",\\"format\\":" + ${jsonOf('variables.format')} + "}" : "")`,
      'variables.stopping',
      '"}"',
    ].join(' + '),
  },
];

/** Whether that text is right: each name once, none that Katib takes apart, and nothing that JSON would escape otherwise. */
export const isConfigCertain = [
  'variables.names[0] != ""',
  'variables.names.all(n, variables.names.exists_one(m, m == n) && !n.matches(";|\\\\$\\\\{trial(Parameters|Spec)"))',
  'variables.deliver in ["live", "success", "if-none"]',
  '(!variables.file || variables.filePath.startsWith("/"))',
  '!variables.config.matches("[\\\\x00-\\\\x1f]")',
].join(' && ');
