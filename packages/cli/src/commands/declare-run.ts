import { layHelp } from '@katib-push/webhook/settings';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Act } from './act.ts';
import { addEngineOptions, addManifestOptions } from './options.ts';

/** Declares `katib-push run`. */
export function declareRun(program: Command, act: Act): void {
  const command = program
    .command('run')
    .description(
      "Rewrite an Experiment and run its container's command here, once, against an embedded DB manager.",
    );
  addManifestOptions(command)
    .addOption(
      new Option(
        '--set <name=value>',
        'value of a parameter; repeatable (default: min, or the first of a list)',
      ).argParser(parseSet),
    )
    .option(
      '--root <folder>',
      "a folder that the command sees as its image's root: FOLDER/opt/train.py is /opt/train.py",
    )
    .option('--compare', 'run the original, too, and compare output, exit code and metrics')
    .option('--report <file>', 'write a page with the curves, rows, diff and verdict of the run')
    // what the preview names for its own sake: a run needs nobody's asking
    .addOption(new Option('--enable').hideHelp())
    .addOption(new Option('--timeout <seconds>', 'end the training after this time').argParser(readSeconds));
  addEngineOptions(command, false)
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => (await import('./run.ts')).runExperiment));
}

/** Collects `--set name=value`. The value may be empty and may hold `=`. */
function parseSet(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new InvalidArgumentError('Write it as name=value, for example lr=0.01.');
  const name = text.slice(0, equals).trim();
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`The parameter ${name} is set twice.`);
  return Object.fromEntries([...Object.entries(before), [name, text.slice(equals + 1)]]);
}

function readSeconds(text: string): number {
  const seconds = Number(text.replace(/s$/, ''));
  if (text.trim() !== '' && Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new InvalidArgumentError('Give a number of seconds above 0.');
}

const afterHelp = `
Examples:
  katib-push run -f experiment.yaml
  katib-push run -f experiment.yaml --set lr=0.01 --set epochs=3
  katib-push run -f experiment.yaml --compare --timeout 60
  katib-push run -f experiment.yaml --compare --root image/    # its script is in the image
  katib-push run -f experiment.yaml --compare --report run.html

The output of the training is passed through; metrics, plots and the verdict go to standard error. The container's
image is not used: what its command needs has to be installed here, or lie in a folder given as --root. It runs with your rights, so run only what you
trust. An Experiment that can't be rewritten runs as it is; the reason is shown.

Exit codes: that of the training (128 + n for signal n, 124 for --timeout); 1 where --compare finds a difference;
2 the Experiment can't be run here; 3 a fault of katib-push.`;
