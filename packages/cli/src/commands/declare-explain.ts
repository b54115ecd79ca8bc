import { layHelp } from '@katib-push/webhook/settings';
import { type Command, Option } from 'commander';
import type { Act } from './act.ts';
import { coverageOption } from './options.ts';

/** Declares `katib-push explain`. */
export function declareExplain(program: Command, act: Act): void {
  const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];
  program
    .command('explain')
    .description(
      'Show what would change in one plain script, and why; what Katib reads from a log; what a diagnostic means.',
    )
    .argument('[script]', 'a file, a notebook (.ipynb), or - for standard input; or the code of a diagnostic')
    .addOption(
      new Option('-m, --metric <name>', 'a wanted metric, the objective first; repeatable').argParser(
        collect,
      ),
    )
    .option('--log <file>', 'lines that a trial printed, in place of a script; - for standard input')
    .addOption(
      new Option(
        '--format <filter>',
        "a filter as in metricsFormat; repeatable (default: Katib's own)",
      ).argParser(collect),
    )
    .option('--language <name>', "the script's language (default: by its ending; python for standard input)")
    .addOption(coverageOption())
    .addOption(
      new Option('-o, --output <format>', 'diff and tables, or a report')
        .choices(['diff', 'json'])
        .default('diff'),
    )
    .option('-w, --watch', 'explain anew at each change of the file')
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => (await import('./explain.ts')).explain));
}

const afterHelp = `
Examples:
  katib-push explain train.py --metric accuracy --metric loss
  katib-push explain train.py -m auc --format '(\\w+):\\s*([\\d.]+)'
  cat train.py | katib-push explain - -m loss
  katib-push explain metric-not-read
  kubectl logs tune-abc123 -c training | katib-push explain --log - -m accuracy

Exit codes: 0 done, 2 the script or an option can't be used.`;
