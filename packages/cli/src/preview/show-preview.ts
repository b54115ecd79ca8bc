import type { ScriptReport } from '@katib-push/core';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';
import type { Preview } from './preview.ts';
import { showDiff } from './show-diff.ts';
import { showMetrics } from './show-metrics.ts';
import { showProblem } from './show-problem.ts';
import { showStatements } from './show-statements.ts';

/** An Experiment's preview as lines: per script the diff and the statements, then metrics and diagnostics. */
export function showPreview(preview: Preview, colours: Colours, width: number): readonly string[] {
  const { report, problems } = preview;
  const scripts = report.scripts.flatMap((script) => showScript(script, [headOf(preview)], colours, width));
  const blocks = [
    report.scripts.length === 0 ? [colours.bold(headOf(preview))] : scripts,
    indent(showMetrics(report.metrics, colours, width - 2)),
    indent(problems.flatMap((problem) => showProblem(problem, colours, width - 2))),
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
  const layers = script.layers.map((layer) => neutralise(layer).replace(/^container (?=.)/, ''));
  const title = [...way, ...layers, `${script.language} (${neutralise(script.name)})`].join(' › ');
  const lineLimit = Number.isFinite(width) ? Math.max(width * 2, 160) : 240;
  return [
    colours.bold(title),
    ...showDiff(script.before, script.after, { colours, indent: '  ', lineLimit }),
    ...(script.before === script.after ? [colours.dim('  (unchanged)')] : []),
    '',
    ...indent(showStatements(script, colours, width - 2)),
    '',
  ];
}

/** `experiment/tune-mnist`. */
export function headOf({ report }: Preview): string {
  return `experiment/${neutralise(report.name === '' ? '(without a name)' : report.name)}`;
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
