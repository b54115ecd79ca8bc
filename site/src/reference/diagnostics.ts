import { commandCatalogue } from '../../../packages/cli/src/problems/catalogue.ts';
import { diagnosticCatalogue } from '../../../packages/katib/src/index.ts';
import { type Page, pageOf } from '../page.ts';
import { tableOf } from '../table.ts';

/** The diagnostics: a table of the catalogues, and the section that each code has. */
export function diagnosticsPage(): Page {
  const page = pageOf('reference/diagnostics', 'docs/diagnostics.md');
  const rows = Object.entries({ ...diagnosticCatalogue, ...commandCatalogue }).map(
    ([code, [severity, hint]]) => [`[\`${code}\`](#${code})`, severity, hint],
  );
  const at = page.text.indexOf('\n## ');
  const table = tableOf(['code', 'severity', 'what to do'], rows);
  return { ...page, text: `${page.text.slice(0, at)}\n${table}\n${page.text.slice(at)}` };
}
