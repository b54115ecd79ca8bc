import type { FormatReport, FormatsReport } from '@katib-push/core';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';

/** Choices of one metric that are shown. */
const MOST_CHOICES = 4;

/**
 * What would have the filters read metrics that are printed and not read, as YAML to paste.
 *
 * @param metrics the wanted names, the objective first
 */
export function showFormats(
  { proposal, unread }: FormatsReport,
  metrics: readonly string[],
  colours: Colours,
): readonly string[] {
  const proposed = proposal
    ? [
        colours.bold('This reads what is printed; it was tried on every statement:'),
        ...showProposal(proposal, metrics, colours),
      ]
    : [];
  const choices = unread
    .filter((metric) => metric.choices.length > 0)
    .flatMap(({ name, choices: all }) => [
      ...all
        .slice(0, MOST_CHOICES)
        .flatMap((choice, index) => [
          colours.bold(index === 0 ? `Which one is ${neutralise(name)}? This one:` : 'Or this one:'),
          ...showProposal(choice, metrics, colours),
        ]),
    ]);
  return [...proposed, ...(proposed.length > 0 && choices.length > 0 ? [''] : []), ...choices];
}

function showProposal(
  proposal: FormatReport,
  metrics: readonly string[],
  colours: Colours,
): readonly string[] {
  return [
    ...proposalAsYaml(proposal, metrics).map((line) => `  ${neutralise(line)}`),
    ...showRows(proposal).map((line) => colours.dim(`  ${neutralise(line)}`)),
  ];
}

/** A proposal as the part of an Experiment that it sets. */
export function proposalAsYaml(
  { metricsFormat, renames }: Pick<FormatReport, 'metricsFormat' | 'renames'>,
  metrics: readonly string[],
): readonly string[] {
  const renamed = metrics.map((name) => renames.find(({ wanted }) => wanted === name)?.printed ?? name);
  const [objective = '', ...additional] = renamed;
  const changesAdditional = additional.some((name, index) => name !== metrics[index + 1]);
  const names = [
    ...(objective === metrics[0] ? [] : [`    objectiveMetricName: ${quoteYaml(objective)}`]),
    ...(changesAdditional
      ? ['    additionalMetricNames:', ...additional.map((name) => `      - ${quoteYaml(name)}`)]
      : []),
  ];
  return [
    'spec:',
    ...(names.length > 0 ? ['  objective:', ...names] : []),
    ...(metricsFormat
      ? [
          '  metricsCollectorSpec:',
          '    source:',
          '      filter:',
          '        metricsFormat:',
          ...metricsFormat.map((format) => `          - ${quoteYaml(format)}`),
        ]
      : []),
  ];
}

/** `# gives accuracy ← acc (line 3)`. */
function showRows({ rows }: FormatReport): readonly string[] {
  const several = new Set(rows.map(({ script }) => script)).size > 1;
  const shown = rows.map(
    ({ name, value, script, line }) => `${name} ← ${value} (${several ? `${script} ` : ''}line ${line})`,
  );
  return [`# gives ${[...new Set(shown)].join(', ')}`];
}

/** A text as a single-quoted YAML scalar: every character stands for itself. */
function quoteYaml(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
