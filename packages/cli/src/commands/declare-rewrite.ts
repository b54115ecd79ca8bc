import { layHelp } from '@katib-push/webhook/settings';
import { type Command, Option } from 'commander';
import type { Act } from './act.ts';
import { addEngineOptions, addManifestOptions, addWriteOptions } from './options.ts';

/** Declares `katib-push rewrite`. */
export function declareRewrite(program: Command, act: Act): void {
  const command = program
    .command('rewrite')
    .description('Print the rewritten manifests. What is not changed keeps every byte.');
  addManifestOptions(command).addOption(
    new Option('-o, --output <format>', 'the text of the manifests (yaml), or their objects (json)')
      .choices(['yaml', 'json'])
      .default('yaml'),
  );
  addEngineOptions(addWriteOptions(command), true)
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => (await import('./rewrite.ts')).rewrite));
}

const afterHelp = `
Examples:
  katib-push rewrite -f experiment.yaml > rewritten.yaml
  katib-push rewrite -f experiment.yaml --enable | kubectl apply -f -
  kustomize build . | katib-push rewrite -f - | kubectl apply -f -
  katib-push rewrite -f experiments/ --in-place --enable
  katib-push rewrite -f experiment.yaml -o json

Other objects of the stream pass through. What can't be rewritten passes through, too; the reason is on
standard error.

Exit codes: 0 done, 2 a file or Experiment can't be used.`;
