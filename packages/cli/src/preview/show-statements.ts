import type { ScriptReport, StatementReport, Verdict } from '@katib-push/core';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { layTable } from '../terminal/table.ts';

/** The table of a script's output statements with their verdicts; no lines where it has none. */
export function showStatements(script: ScriptReport, colours: Colours, width: number): readonly string[] {
  if (script.statements.length === 0) return [];
  const rows = script.statements.map((statement) => [
    { text: String(statement.line) },
    { text: statement.verdict, paint: paintVerdict(statement, colours) },
    { text: statement.metrics.map(showMetric).join(', ') },
    { text: neutralise(statement.reason) },
  ]);
  const columns = [
    { title: 'line', align: 'right' },
    { title: 'verdict' },
    { title: 'metric', limit: Math.max(20, Math.floor(width / 3)) },
    { title: 'why' },
  ] as const;
  return layTable(columns, rows, width, colours.dim);
}

function showMetric({ name, value }: StatementReport['metrics'][number]): string {
  return value === undefined ? neutralise(name) : `${neutralise(name)} ← ${neutralise(value)}`;
}

function paintVerdict({ verdict, rewritten }: StatementReport, colours: Colours): (text: string) => string {
  const paints: Record<Verdict, (text: string) => string> = {
    metric: rewritten ? colours.green : colours.yellow,
    dynamic: rewritten ? colours.cyan : colours.yellow,
    unlikely: colours.dim,
    never: colours.dim,
    suppressed: colours.magenta,
  };
  return paints[verdict] ?? colours.reset;
}
