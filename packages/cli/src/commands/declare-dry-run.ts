import { layHelp } from '@katib-push/webhook/settings';
import { type Command, Option } from 'commander';
import type { Act } from './act.ts';
import { addEngineOptions, addManifestOptions } from './options.ts';

/** Declares `katib-push dry-run`. */
export function declareDryRun(program: Command, act: Act): void {
  const command = program
    .command('dry-run')
    .description('Show what would change in Experiments, and why. Nothing is written.');
  addManifestOptions(command).addOption(
    new Option(
      '-o, --output <format>',
      'diff of the scripts, diff of the object (yaml), one line for each (wide), or a report (json, sarif)',
    )
      .choices(['diff', 'yaml', 'wide', 'json', 'sarif'])
      .default('diff'),
  );
  command.option('--require-metrics', 'exit with 1 where a wanted metric would not be pushed, else with 0');
  command.option('--allow-none', 'take it as well that no Experiment is among the manifests');
  command.option('-w, --watch', 'preview anew at each change of the files');
  command.option('--object', 'show the diff of the object instead of the scripts: the same as -o yaml');
  addEngineOptions(command, true)
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => (await import('./dry-run.ts')).dryRun));
}

const afterHelp = `
Examples:
  katib-push dry-run -f experiment.yaml
  katib-push dry-run -f experiments/ -R --enable
  kubectl get experiment tune -o yaml | katib-push dry-run -f - --object
  katib-push dry-run -f experiment.yaml -o json | jq '.experiments[].metrics'
  katib-push dry-run -f experiments/ -R --require-metrics -o wide
  katib-push dry-run -f experiments/ -R -o sarif > katib-push.sarif

Exit codes: 0 nothing would change, 1 something would change, 2 an Experiment or file can't be used. With
--require-metrics: 0 every wanted metric would be pushed, 1 one would not, 2 an Experiment or file can't be used.`;
