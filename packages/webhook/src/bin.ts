#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import process from 'node:process';
import { Command, CommanderError } from 'commander';
import { helpLayout, layHelp, widthOfOutput } from './lay-help.ts';
import { describeError, WebhookServerError } from './server/errors.ts';
import { addSettingFlags } from './server/settings/reference.ts';
import { version } from './version.ts';

const exitCode = { ok: 0, badInput: 2, internal: 3 };

// A message may quote what was being worked on: class, code and place are all that is shown.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${JSON.stringify({ level: 'fatal', ...describeError(error) })}\n`);
  process.exit(exitCode.internal);
});
process.stdout.on('error', () => {}); // the reader of the log went away: go on serving

const columns = widthOfOutput(process.stdout, process.env);
const command = new Command('katib-push-webhook')
  .description(
    'Serve the admission webhook until it is interrupted (SIGTERM, SIGINT). Logs JSON to standard output.',
  )
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'show this help')
  .allowExcessArguments(false)
  .exitOverride()
  .configureHelp(helpLayout(columns))
  .configureOutput({ writeErr: () => {} });
addSettingFlags(command);
command.addHelpText(
  'after',
  layHelp(`
Each flag is also an environment variable (--port: KATIB_PUSH_WEBHOOK_PORT) and a key of the file (port); a flag wins
over a variable, that over the file.

katib-push-webhook certificates --help: the command that keeps the server's certificate in a cluster.

Exit codes: 0 interrupted, 2 a setting, file or port can't be used, 3 a fault of katib-push.`),
);

const [word, ...rest] = process.argv.slice(2);
process.exit(word === 'certificates' ? await certificates(rest) : await main());

async function main(): Promise<number> {
  try {
    command.parse();
    const { serve } = await import('./server/serve.ts'); // not needed for the help
    await serve(command.opts(), {
      environment: process.env,
      resolvePath: (path) => resolve(path),
      readFile: (path) => readFile(path, 'utf8'),
      writeLog: (line) => process.stdout.write(line),
      untilStopped,
    });
    return exitCode.ok;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCode.ok;
    if (!(error instanceof CommanderError || error instanceof WebhookServerError)) throw error;
    process.stderr.write(`katib-push-webhook: ${error.message.replace(/^error: /, '')}\n`);
    if (error instanceof CommanderError) process.stderr.write('See katib-push-webhook --help.\n');
    return exitCode.badInput;
  }
}

async function certificates(argv: readonly string[]): Promise<number> {
  const { runCertificates } = await import('./certificates/run-certificates.ts');
  return runCertificates(argv, {
    environment: process.env,
    columns,
    readFile: (path) => readFile(path, 'utf8'),
    writeOut: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
  });
}

/** Resolves with the first signal; a second one ends the process as if nobody listened. */
function untilStopped(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  return new Promise((resolve) => {
    function stop(): void {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    }
    for (const signal of signals) process.on(signal, stop);
  });
}
