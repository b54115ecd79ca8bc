import { createHash } from 'node:crypto';
import type { DiffLine } from '../preview/hunks.ts';
import { count } from '../terminal/count.ts';
import { toNumber } from '../trial/to-number.ts';
import { type Html, html } from './html.ts';
import type { MetricRows, RunReport } from './run-report.ts';

/** What the page is made of beside the report: the texts of its scripts and styles. */
export interface PageParts {
  /** The charting library, and what draws with it. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** Rows of a metric that the page lists; more are only drawn. */
const mostRows = 1000;

/** The page of a run: one file, which loads nothing. */
export function writePage(report: RunReport, { scripts, styles }: PageParts): string {
  const { title, summary, verdict, metrics } = report;
  const drawn = scripts.map((text) => ({ html: `<script>${text}</script>` }));
  const hashes = scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${hashes.join(' ')}`;
  const data = { html: JSON.stringify(metrics.map(toCurves)).replaceAll('<', '\\u003c') };
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: styles.join('\n') }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${summary}</p>
<p class="verdict ${verdict.good ? 'good' : 'bad'}">${verdict.headline}</p>
${verdict.details.length === 0 ? [] : html`<ul>${verdict.details.map((line) => html`<li>${line}</li>`)}</ul>`}
${metrics.length === 0 ? html`<p>No row has arrived.</p>` : []}
${metrics.map(writeMetric)}
${report.scripts.map(writeScript)}
</main>
<script type="application/json" id="curves">${data}</script>
${drawn}
</body>
</html>
`;
  return page.html;
}

/** One curve per way, a number per row; null where the value is none that can be drawn. */
function toCurves({ pushed, pulled }: MetricRows): Readonly<Record<string, readonly (number | null)[]>> {
  const numbers = (values: readonly string[]) =>
    values.map((value) => (Number.isFinite(toNumber(value)) ? toNumber(value) : null));
  return { pushed: numbers(pushed), ...(pulled ? { pulled: numbers(pulled) } : {}) };
}

function writeMetric({ name, pushed, pulled }: MetricRows, index: number): Html {
  const rows = Math.max(pushed.length, pulled?.length ?? 0);
  const listed = Array.from({ length: Math.min(rows, mostRows) }, (_, row) => {
    const differs = pulled !== undefined && pulled[row] !== pushed[row];
    return html`<tr${{ html: differs ? ' class="differs"' : '' }}><td>${row + 1}</td>${
      pulled ? html`<td>${pulled[row] ?? '–'}</td>` : []
    }<td>${pushed[row] ?? '–'}</td></tr>`;
  });
  const counts = pulled
    ? `${count(pulled.length, 'row')} pulled, ${pushed.length} pushed`
    : `${count(pushed.length, 'row')} pushed`;
  return html`<section>
<h2>${name}</h2>
<p class="quiet">${counts}</p>
<div class="chart" data-metric="${index}" role="img" aria-label="Curve of ${name}; the rows below have its values"></div>
<details><summary>Rows</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Rows of ${name}"><table>
<thead><tr><th scope="col">row</th>${pulled ? html`<th scope="col">pulled</th>` : []}<th scope="col">pushed</th></tr></thead>
<tbody>${listed}</tbody></table></div>
${rows > mostRows ? html`<p class="quiet">${rows - mostRows} more rows are drawn, not listed.</p>` : []}
</details>
</section>
`;
}

function writeScript({ name, hunks }: RunReport['scripts'][number]): Html {
  return html`<section>
<h2>${name}</h2>
<pre tabindex="0">${hunks.map(
    ({ from, count: before, toFrom, toCount, lines }) =>
      html`<span class="hunk">@@ -${from},${before} +${toFrom},${toCount} @@</span>
${lines.map(writeLine)}`,
  )}</pre>
</section>
`;
}

function writeLine({ kind, text }: DiffLine): Html {
  const sign = { same: ' ', removed: '-', added: '+' }[kind];
  return html`<span class="${kind}">${sign}${text}</span>
`;
}
