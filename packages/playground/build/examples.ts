import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An Experiment of the fixtures, as the page shows it. */
export interface Example {
  readonly name: string;
  /** One line that says what it shows. */
  readonly shows: string;
  readonly text: string;
}

/** Cases of the fixtures, in the order of the page's list. */
const chosen = [
  'sdk-push-print',
  'sdk-print-enabled',
  'noop-image-script',
  'sdk-print',
  'py-formats',
  'py-log-format',
  'py-tqdm',
  'sdk-dynamic-names',
  'js-formats',
  'sh-echo-loop',
  'partial-colon',
  'filter-named-groups',
  'partial-metric-not-printed',
  'partial-subprocess',
  'embed-bash-heredoc-quoted',
  'kind-pytorchjob',
  'sdk-reports-itself',
  'js-image-script',
  'r-push',
  'yaml-comments',
];

/** Reads the examples. Throws where a case is gone. */
export function readExamples(): readonly Example[] {
  return chosen.map((name) => {
    const read = (file: string): string =>
      readFileSync(join(import.meta.dirname, '../../../fixtures/experiments', name, file), 'utf8');
    const { shows } = JSON.parse(read('case.json')) as { readonly shows: string };
    return { name, shows: shows.slice(0, 1).toUpperCase() + shows.slice(1), text: read('input.yaml') };
  });
}
