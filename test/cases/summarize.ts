import { type ExperimentRewrite, unwrapWords } from '@katib-push/katib';
import { stringify } from 'yaml';

/** The rewritten Experiment as it is kept beside a case: the client's source, and hashes of it, are left out. */
export function describeExperiment(rewrite: ExperimentRewrite): string {
  const text = stringify(rewrite.experiment, (key, value) => elide(key, value), { lineWidth: 0 });
  return text;
}

/** A Trial as it is kept: the same, and of the words in front of the container's only what differs from case to case. */
export function describeTrial(trial: unknown): string {
  return stringify(trial, (key, value) => front(elide(key, value)), {
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

/** `sh -c FRONT sh WORDS…`: of the front, the interpreters that it tries. */
function front(value: unknown): unknown {
  if (!Array.isArray(value) || !unwrapWords(value.map(String))) return value;
  const tried = new Set([...String(value[2]).matchAll(/^katib_push (\S+) -/gm)].map(([, name]) => name));
  return value.with(2, `(the shim's front: ${[...tried].join(', ')})`);
}

function elide(_key: unknown, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const entry = value as Record<string, unknown>;
  if (typeof entry.name === 'string' && /^KATIB_PUSH_(PYTHON|JAVASCRIPT|SHIM)$/.test(entry.name))
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
