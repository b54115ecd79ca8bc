import { helpLayout, layHelp, widthOfOutput } from '@katib-push/webhook/settings';
import { Command, Option } from 'commander';
import type { Act } from './commands/act.ts';
import { declareDbManager } from './commands/db-manager.ts';
import { declareDryRun } from './commands/declare-dry-run.ts';
import { declareExplain } from './commands/declare-explain.ts';
import { declareReplay } from './commands/declare-replay.ts';
import { declareRewrite } from './commands/declare-rewrite.ts';
import { declareRun } from './commands/declare-run.ts';
import { declareUndo } from './commands/declare-undo.ts';
import { declarePlayground } from './commands/playground.ts';
import { declarePolicy } from './commands/policy.ts';
import { declareServe } from './commands/serve.ts';
import { declareCompletion } from './completion/declare-completion.ts';
import { applyConfig } from './config/config-file.ts';
import { createContext } from './context.ts';
import { exitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { Services } from './services.ts';
import type { ColourChoice } from './terminal/colours.ts';
import { version } from './version.ts';

/** The command line: its commands and options, and the exit code of the command that was run. */
export function createProgram(
  io: Io,
  services: Services,
): { readonly program: Command; readonly result: () => number } {
  let code: number = exitCode.ok;
  const program: Command = new Command('katib-push')
    .description('Makes the trials of Katib Experiments push the metrics that they print.')
    .version(version, '-V, --version', 'print the version')
    .addOption(
      new Option('--color <when>', 'colour the output').choices(['auto', 'always', 'never']).default('auto'),
    )
    .option('--config <file>', 'options to take where none is given (default: the nearest .katib-push.yaml)')
    .option('--no-config', 'take no options from a file')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp(helpLayout(widthOfOutput(io.stdout, io.env) - widerBy(io)))
    .configureOutput({
      writeOut: (text) => io.stdout.write(calledAs(text, io)),
      writeErr: () => {}, // `run` shows what goes wrong
      getOutHasColors: () => false,
    })
    .addHelpText('after', layHelp(afterHelp));
  const act: Act =
    (load) =>
    async (...given) => {
      const body = await load();
      const command = given.at(-1) as Command;
      await applyConfig(command, program.commands, program.opts().config, io);
      const options = command.optsWithGlobals<{ color: ColourChoice }>();
      const context = createContext(io, services, options.color);
      code = await body(options as never, context, command.args);
    };
  declareDryRun(program, act);
  declareRewrite(program, act);
  declareUndo(program, act);
  declareRun(program, act);
  declareExplain(program, act);
  declarePlayground(program, act);
  declareServe(program, act);
  declarePolicy(program, act);
  declareDbManager(program, act);
  declareReplay(program, act);
  declareCompletion(program, io);
  return { program, result: () => code };
}

/** Columns by which the name that the user typed is longer than ours. */
function widerBy({ calledAs: name = 'katib-push' }: Io): number {
  return name.length - 'katib-push'.length;
}

/** Help as the user can type it again: under kubectl the command is a plugin. */
function calledAs(help: string, { calledAs: name }: Io): string {
  return name === undefined ? help : help.replace(/(?<=^|[\s(|])katib-push(?= )/gm, name);
}

const afterHelp = `
Examples:
  katib-push dry-run -f experiment.yaml             what would change, and why
  katib-push rewrite -f experiment.yaml | kubectl apply -f -
  katib-push run -f experiment.yaml --compare       one trial on this machine, before and after
  katib-push explain train.py --metric accuracy     one plain script
  katib-push playground                             the same in a page of this machine
  katib-push replay katib-push-my-trial.jsonl       what a trial could not deliver

Exit codes: 0 done, nothing would change; 1 something would change (dry-run);
2 what was given can't be used; 3 a fault of katib-push.
NO_COLOR and FORCE_COLOR are respected.`;
