import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { rewriteWith } from '@katib-push/katib';
import { collect, compareExperiment, describeVerdict, UNAVAILABLE } from '@katib-push/oracle';
import type { Ran, Subject } from './language-tests.ts';
import { rewriteText, type Wanted } from './rewrite-text.ts';

const PLACEHOLDER = /\$\{trialParameters\.([^}]*)\}/g;
const workspace = join(import.meta.dirname, '../..');

/** What running a text has shown. */
export interface Shown {
  readonly faults: readonly string[];
  /** Rows per metric that the collector reads from what the original writes. */
  readonly observed: Readonly<Record<string, number>>;
}

/**
 * Runs a text and compares: with a client, the oracle runs it before and after the rewrite; without one, every metric
 * that the collector would read has to have a statement that is reported for it. `undefined` where it can't be run here.
 */
export async function runText(
  subject: Subject,
  text: string,
  wanted: Wanted,
  name = 'program',
): Promise<Shown | undefined> {
  if (subject.language.client) return runUnderOracle(subject, text, wanted);
  const { run = runInline(subject) } = subject.tests;
  const ran = await run(text.replace(PLACEHOLDER, '0.25'), name);
  if (!ran) return undefined;
  const { script } = rewriteText(subject.language, text, wanted);
  const rows = rowsOf([ran.stdout, ran.stderr], wanted);
  const faults = ran.exitCode === 0 ? [] : [`it leaves with ${ran.exitCode}: ${ran.stderr}`];
  for (const metric of new Set(rows)) {
    const named = script.statements.some(
      ({ metrics, open }) => open === 'text' || metrics.some((one) => one.name === metric),
    );
    if (!named) faults.push(`it writes ${metric}, and no statement is reported that may write it`);
  }
  return { faults, observed: count(rows) };
}

async function runUnderOracle(subject: Subject, text: string, wanted: Wanted): Promise<Shown | undefined> {
  const command = commandOf(subject);
  if (!command) return undefined;
  const original = experimentOf([...command, text], wanted);
  const { experiment, report } = rewriteWith([subject.language], original);
  const statements = report.scripts.flatMap((script) => script.statements);
  const partial = statements.some(({ rewritten, verdict }) => !rewritten && verdict !== 'never');
  const result = await compareExperiment(original, experiment, {
    path: pathOf(subject),
    partial,
    timeoutSeconds: 100,
  });
  const faults = result.identical ? [] : describeVerdict(result);
  const { stdout, stderr, exitCode } = result.original;
  if (exitCode !== 0) return { faults: [`it leaves with ${exitCode}: ${Buffer.from(stderr)}`], observed: {} };
  return { faults, observed: count(rowsOf([stdout, stderr], wanted)) };
}

/** The words in front of an inline text; `undefined` if there are none or the interpreter isn't on this machine. */
function commandOf(subject: Subject): readonly [string, string] | undefined {
  const { language, interpreter } = subject;
  const flag = language.interpreters.find(({ command }) => command.test(interpreter))?.inlineFlag;
  return flag !== undefined && isThere(interpreter, pathOf(subject)) ? [interpreter, flag] : undefined;
}

function pathOf({ tests }: Subject): readonly string[] {
  return tests.path ?? [join(workspace, '.venv/bin')];
}

function isThere(command: string, path: readonly string[]): boolean {
  return [...path, ...(process.env.PATH ?? '').split(delimiter)].some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Why nothing was run. */
export function notHere({ interpreter, tests }: Subject): string {
  return `${interpreter} is not on this machine${tests.run ? ', and nothing is recorded' : ''}`;
}

/** Runs a text as the interpreter's inline program. */
export function runInline(subject: Subject): (text: string) => Promise<Ran | undefined> {
  return async (text) => {
    const command = commandOf(subject);
    if (!command) return undefined;
    const path = [...pathOf(subject), process.env.PATH].join(delimiter);
    const child = spawn(command[0], [command[1], text], {
      env: { ...process.env, PATH: path },
      timeout: 100_000,
    });
    const written = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (piece) => {
        written[stream] += piece;
      });
    child.stdin.end();
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', reject).on('close', (code) => resolve(code ?? 1));
    });
    return { ...written, exitCode };
  };
}

/** The names that the collector reads from each stream for itself, each metric once as the objective. */
function rowsOf(streams: readonly (string | Uint8Array)[], { metrics, filters }: Wanted): readonly string[] {
  return streams.flatMap((stream) =>
    metrics.flatMap((metric) =>
      collect(stream, [metric], filters).flatMap(({ name, value }) => (value === UNAVAILABLE ? [] : [name])),
    ),
  );
}

function count(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** An Experiment that runs a command; its collector is Push already, so that a part of a rewrite counts. */
function experimentOf(command: readonly string[], wanted: Wanted): unknown {
  const [objectiveMetricName, ...additionalMetricNames] = wanted.metrics;
  const names = new Set(command.flatMap((word) => [...word.matchAll(PLACEHOLDER)].map(([, name]) => name)));
  const parameters = [...names].map((name) => ({
    name,
    parameterType: 'double',
    feasibleSpace: { min: '0.25', max: '0.75' },
  }));
  const container = { name: 'training', image: 'training', command };
  return {
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Experiment',
    metadata: { name: 'conformance', annotations: { 'katib-push.io/coverage': wanted.coverage } },
    spec: {
      objective: { type: 'minimize', objectiveMetricName, additionalMetricNames },
      metricsCollectorSpec: {
        collector: { kind: 'Push' },
        ...(wanted.filters.length > 0 ? { source: { filter: { metricsFormat: wanted.filters } } } : {}),
      },
      parameters,
      trialTemplate: {
        primaryContainerName: 'training',
        trialParameters: parameters.map(({ name }) => ({ name, reference: name })),
        trialSpec: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          spec: { template: { spec: { containers: [container], restartPolicy: 'Never' } } },
        },
      },
    },
  };
}
