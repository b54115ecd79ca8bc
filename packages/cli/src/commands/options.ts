import type { RewriteOptions } from '@katib-push/katib';
import { type Choice, type ChoiceName, choices } from '@katib-push/katib/choices';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseSelector, type Selection, type Selector } from '../input/select.ts';

/** Options of the commands that read manifests. */
export interface ManifestOptions extends Selection {
  readonly filename?: readonly string[];
  readonly recursive?: boolean;
}

/** Options of the commands that write manifests. */
export interface WriteOptions {
  readonly inPlace?: boolean;
  readonly outputDir?: string;
}

/** Options of the commands that rewrite. */
export interface EngineOptions {
  readonly coverage?: Choice<'coverage'>;
  readonly metricOutput?: Choice<'output'>;
  readonly delivery?: Choice<'delivery'>;
  readonly legacyCollector?: boolean;
  readonly enable?: boolean;
}

/** Adds `-f` and `-R`. */
export function addManifestOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-f, --filename <file...>',
        'manifests, folders, or - for standard input; repeatable',
      ).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]),
    )
    .option('-R, --recursive', 'read the folders of a folder, too')
    .option('-n, --namespace <name>', 'only Experiments of this namespace')
    .option('--name <name>', 'only the Experiment of this name')
    .addOption(
      new Option(
        '-l, --selector <labels>',
        'only Experiments with these labels: key=value,key!=value,key',
      ).argParser(readSelector),
    );
}

function readSelector(text: string): Selector {
  const selector = parseSelector(text);
  if (selector) return selector;
  throw new InvalidArgumentError('Give key=value,key!=value,key or !key.');
}

/** Adds `--in-place` and `--output-dir`. */
export function addWriteOptions(command: Command): Command {
  return command
    .addOption(new Option('-i, --in-place', 'write each file back where it was read').conflicts('outputDir'))
    .option('-d, --output-dir <folder>', 'write each file into this folder, under its name');
}

/** `--coverage`. */
export function coverageOption(): Option {
  return choiceOption(
    '--coverage <which>',
    'coverage',
    'what is read: what likely statements write, or every line',
  );
}

function choiceOption(flags: string, name: ChoiceName, meaning: string): Option {
  const { values } = choices[name];
  return new Option(flags, `${meaning} (default: ${values[0]})`).choices(values);
}

/** Adds the options of `rewriteExperiment`. Annotations of an Experiment win over them. */
export function addEngineOptions(command: Command, enable: boolean): Command {
  const added = command
    .addOption(coverageOption())
    .addOption(choiceOption('--metric-output <what>', 'output', 'whether what is pushed is still printed'))
    .addOption(choiceOption('--delivery <how>', 'delivery', 'how the client reaches the trial'))
    .option(
      '--legacy-collector',
      'for Katib before 0.18: the collector None, and the label against the sidecar',
    );
  return enable
    ? added.option('--enable', 'as if each Experiment had the annotation katib-push.io/rewrite: enabled')
    : added;
}

/** What is given to `rewriteExperiment`. */
export function toRewriteOptions(options: EngineOptions): RewriteOptions {
  const { coverage, metricOutput, delivery, legacyCollector, enable } = options;
  return {
    ...(coverage ? { coverage } : {}),
    ...(metricOutput ? { output: metricOutput } : {}),
    ...(delivery ? { delivery } : {}),
    ...(legacyCollector ? { legacyCollector } : {}),
    ...(enable ? { enable } : {}),
  };
}

/** A port of the command line; 0 asks for any free one. */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a whole number from 0 to 65535.');
}
