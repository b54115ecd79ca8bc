import type { ScriptReport } from '@katib-push/core';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { besideFormats, type Preview } from './create-preview.ts';
import { showDiff } from './show-diff.ts';
import { showFormats } from './show-formats.ts';
import { showMetrics } from './show-metrics.ts';
import { showProblems } from './show-problem.ts';
import { showStatements } from './show-statements.ts';
import { showWay } from './show-way.ts';

/** An Experiment's preview as lines: per script the diff and the statements, then metrics and diagnostics. */
export function showPreview(preview: Preview, colours: Colours, width: number): readonly string[] {
  const { problems } = preview;
  const report = preview.ifEnabled ?? preview.report;
  const container = report.container === undefined ? [] : [neutralise(report.container.name)];
  const way = [headOf(preview), ...container];
  const blocks = [
    ...(report.scripts.length === 0 ? [[colours.bold(way.join(' › '))]] : []),
    ...report.scripts.map((script) => showScript(script, way, colours, width)),
    indent(showWay(report, colours)),
    indent(showMetrics(report.metrics, colours, width - 2)),
    ...(report.formats
      ? [
          indent(
            showFormats(
              report.formats,
              report.metrics.map(({ name }) => name),
              colours,
            ),
          ),
        ]
      : []),
    indent(showProblems(problems.map(besideFormats), colours, width - 2)),
  ];
  return blocks.filter((block) => block.length > 0).flatMap((block) => [...block, '']);
}

/** A script as lines: the way to it, the diff, its statements. */
export function showScript(
  script: ScriptReport,
  way: readonly string[],
  colours: Colours,
  width: number,
): readonly string[] {
  const title = colours.bold([...way, ...layersOf(script, way), nameOf(script)].join(' › '));
  const statements = indent(showStatements(script, colours, width - 2));
  if (script.before === script.after) {
    const note = statements.length === 0 ? 'unchanged, no output statement' : 'unchanged';
    return [`${title}  ${colours.dim(note)}`, ...(statements.length > 0 ? ['', ...statements] : [])];
  }
  const lineLimit = Number.isFinite(width) ? Math.max(width, 100) : 240;
  const diff = showDiff(script.before, script.after, { colours, indent: '  ', lineLimit });
  return [title, ...diff, '', ...statements];
}

/** The layers between the container and the script; one that repeats its neighbour's name says nothing new. */
function layersOf({ layers, name }: ScriptReport, way: readonly string[]): readonly string[] {
  return layers
    .map((layer) => neutralise(layer).replace(/^container (?=.)/, ''))
    .filter((layer, i, all) => layer !== (i === 0 ? way.at(-1) : all[i - 1]) && layer !== name);
}

function nameOf({ language, name }: ScriptReport): string {
  return `${language} (${neutralise(name)})`;
}

/** `experiment/tune-mnist`. */
export function headOf({ report }: Preview): string {
  return `experiment/${neutralise(report.name === '' ? '(without a name)' : report.name)}`;
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
