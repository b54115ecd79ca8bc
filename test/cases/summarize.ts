import type { ExperimentRewrite } from '@katib-push/katib';
import { stringify } from 'yaml';

/** The rewritten Experiment as it is kept beside a case: the client's source, and hashes of it, are left out. */
export function describeExperiment(rewrite: ExperimentRewrite): string {
  const text = stringify(rewrite.experiment, (key, value) => elide(key, value), { lineWidth: 0 });
  return text;
}

function elide(_key: unknown, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const entry = value as Record<string, unknown>;
  if (typeof entry.name === 'string' && /^KATIB_PUSH_(PYTHON|JAVASCRIPT)$/.test(entry.name))
    return { ...entry, value: '(the push client)' };
  const record = entry['katib-push.io/record'];
  if (typeof record !== 'string') return value;
  const pointers = Object.keys(JSON.parse(record));
  return {
    ...entry,
    'katib-push.io/record': `(hashes at ${pointers.join(' ')})`,
    'katib-push.io/version': '(version)',
  };
}

/** The report as it is kept beside a case: without the scripts' texts, which are in the Experiment. */
export function describeReport(rewrite: ExperimentRewrite): string {
  const { report } = rewrite;
  const scripts = report.scripts.map(({ before: _before, after: _after, ...script }) => script);
  return `${JSON.stringify({ ...report, scripts }, undefined, 2)}\n`;
}
