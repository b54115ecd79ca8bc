import { catalogue } from '../../../packages/core/src/index.ts';
import { type Page, pageOf } from '../page.ts';
import { tableOf } from '../table.ts';

/** The diagnostics: a table of the catalogue, and the section that each code has. */
export function diagnosticsPage(): Page {
  const page = pageOf('reference/diagnostics', 'docs/diagnostics.md');
  const rows = Object.entries(catalogue).map(([code, [severity, hint]]) => [
    `[\`${code}\`](#${code})`,
    severity,
    hint,
  ]);
  const at = page.text.indexOf('\n## ');
  const table = tableOf(['code', 'severity', 'what to do'], rows);
  return { ...page, text: `${page.text.slice(0, at)}\n${table}\n${page.text.slice(at)}` };
}
