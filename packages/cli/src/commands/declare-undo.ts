import { layHelp } from '@katib-push/webhook/settings';
import type { Command } from 'commander';
import type { Act } from './act.ts';
import { addManifestOptions, addWriteOptions } from './options.ts';

/** Declares `katib-push undo`. */
export function declareUndo(program: Command, act: Act): void {
  const command = program
    .command('undo')
    .description('Print manifests as they were before the rewrite: what was inserted is taken out again.');
  addWriteOptions(addManifestOptions(command))
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => (await import('./undo.ts')).undo));
}

const afterHelp = `
Examples:
  katib-push undo -f rewritten.yaml > experiment.yaml
  katib-push undo -f experiments/ --in-place
  kubectl get experiment tune -o yaml | katib-push undo -f -

The annotation katib-push.io/record tells what was changed. Where something of it was changed since, the Experiment stays as
it is, and the reason is on standard error.

Exit codes: 0 done, or nothing was rewritten; 2 a file can't be used, or a rewrite can't be taken back.`;
