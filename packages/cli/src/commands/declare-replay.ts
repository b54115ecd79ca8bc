import { layHelp } from '@katib-push/webhook/settings';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Act } from './act.ts';

/** Declares `katib-push replay`. */
export function declareReplay(program: Command, act: Act): void {
  program
    .command('replay')
    .description('Deliver the observations of spill files: what push clients could not deliver themselves.')
    .argument('<file...>', 'spill files (JSON lines)')
    .addOption(
      new Option(
        '--address <address>',
        'host:port of the DB manager, https://host:port for TLS (default: KATIB_DB_MANAGER_ADDRESS, else katib-db-manager.kubeflow:6789)',
      ).argParser(readAddress),
    )
    .option('--trial <name>', 'only the rows of this trial; others stay in the file')
    .option('--keep', 'keep a file whose rows were all delivered')
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => (await import('./replay.ts')).replay));
}

function readAddress(text: string): string {
  if (/^(?:https?:\/\/)?[^\s/]+$/.test(text)) return text;
  throw new InvalidArgumentError('Give host:port, or https://host:port.');
}

const afterHelp = `
Rows that were delivered are marked with # in the file, so no second replay sends them again; a file without
others is removed. A row whose answer never reached the trial may be stored twice.

Examples:
  katib-push replay /tmp/katib-push-my-trial.jsonl
  kubectl port-forward -n kubeflow svc/katib-db-manager 6789 &
  katib-push replay *.jsonl --address 127.0.0.1:6789 --keep

Exit codes: 0 all rows were delivered; 2 a line is no row, the server refused one or can't be reached.`;
