import { type Command, CommanderError } from 'commander';
import { complete } from './completion/declare-completion.ts';
import { createContext } from './context.ts';
import { exitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { commandCatalogue } from './problems/catalogue.ts';
import { CommandFailure, type Problem, problem } from './problems/problem.ts';
import { createProgram } from './program.ts';
import { loadServices, type Services } from './services.ts';
import type { ColourChoice } from './terminal/colours.ts';

/**
 * Runs the command line `argv` (without node and the script) and gives the exit code. Writes to `io` alone, ends
 * nothing and never rejects: what goes wrong becomes a diagnostic on standard error.
 *
 * @param services what the commands call; default: the real ones
 */
export async function run(
  argv: readonly string[],
  io: Io,
  services: Services = loadServices(),
): Promise<number> {
  const { program, result } = createProgram(io, services);
  try {
    if (argv[0] === 'complete' && argv[1] === '--') {
      await complete(program, argv.slice(2), io);
      return exitCode.ok;
    }
    await program.parseAsync([...argv], { from: 'user' });
    return result();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCode.ok;
    if (error instanceof CommanderError && error.code === 'commander.help') {
      program.outputHelp(); // no command was given
      return exitCode.ok;
    }
    const colour = readColour(argv);
    const { problems, code } = explain(error, io);
    createContext(io, services, colour).complain(problems.map((each) => withHelp(each, argv, program)));
    return code;
  }
}

/** The choice of colour where the command line could not be read as a whole. */
function readColour(argv: readonly string[]): ColourChoice {
  const given = argv.findLast((word) => /^--color=(?:auto|always|never)$/.test(word));
  return (given?.slice('--color='.length) ?? 'auto') as ColourChoice;
}

/** The hint of a wrong command line names the command that can tell more. */
function withHelp(fault: Problem, argv: readonly string[], { commands }: Command): Problem {
  const command = argv.find((word) => commands.some((each) => each.name() === word));
  if (fault.hint !== commandCatalogue.usage[1] || command === undefined) return fault;
  return { ...fault, hint: `See katib-push ${command} --help.` };
}

function explain(error: unknown, io: Io): { readonly problems: readonly Problem[]; readonly code: number } {
  if (error instanceof CommandFailure) return { problems: error.problems, code: error.exitCode };
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
    const hint = /too many arguments/.test(message) ? 'Manifests are named with -f FILE.' : undefined;
    return { problems: [problem('usage', sentence(message), hint ? { hint } : {})], code: exitCode.badInput };
  }
  if (io.env.KATIB_PUSH_DEBUG === '1')
    io.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const text = error instanceof Error ? error.message : String(error);
  const known = knownError(error);
  if (known) {
    const isRoot = error instanceof Error && 'code' in error && error.code === 'no-root';
    const hint = isRoot ? { hint: 'Name a folder that holds what the image does, with --root.' } : {};
    return { problems: [problem(known, sentence(text), hint)], code: exitCode.badInput };
  }
  return {
    problems: [
      problem('internal-error', sentence(`Something unexpected happened: ${text.split('\n')[0]}`), {
        hint: 'Please report this with what you did; KATIB_PUSH_DEBUG=1 shows more.',
      }),
    ],
    code: exitCode.internal,
  };
}

/** Errors of the other packages that are about what the user gave. By name: their classes would have to be loaded. */
function knownError(error: unknown): 'usage' | 'not-runnable' | 'server-failed' | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'usage' && /^(?:Oracle|DbManager|WebhookServer)Error$/.test(error.name)) return 'usage';
  if (error.name === 'OracleError') return 'not-runnable';
  if (error.name === 'DbManagerError' || error.name === 'WebhookServerError') return 'server-failed';
  return undefined;
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?)]$/.test(capital) ? capital : `${capital}.`;
}
