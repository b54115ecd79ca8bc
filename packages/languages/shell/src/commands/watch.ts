import { argument, type Call } from '../walk/call.ts';

const signals = /^(?:DEBUG|RETURN|(?:SIG)?CHLD|17)$/i;

/** Notes commands after which the client's own commands would be seen or counted. */
export function watch(name: string, call: Call): void {
  const reason = reasonOf(name, call);
  const { walk, layer } = call.shell;
  if (reason) walk.watches.push({ layer, reason });
}

function reasonOf(name: string, call: Call): string | undefined {
  const args = call.words.slice(1).map((_, i) => argument(call, i + 1) ?? '');
  switch (name) {
    case 'set': {
      const long = args.some((arg, i) => /^-\w*o$/.test(arg) && /^(xtrace|verbose)$/.test(args[i + 1] ?? ''));
      const end = args.indexOf('--');
      const flags = end === -1 ? args : args.slice(0, end);
      if (long || flags.some((arg) => /^-[a-zA-Z]*[xv]/.test(arg))) return traced;
      return undefined;
    }
    case 'trap':
      return args.slice(1).some((arg) => signals.test(arg))
        ? 'a trap counts the commands that are run'
        : undefined;
    case 'alias':
      return args.some((arg) => /^(?:echo|printf|command|builtin)=/.test(arg))
        ? 'an alias changes what it calls'
        : undefined;
    default:
      return undefined;
  }
}

export const traced = 'the shell shows the commands that it runs (-x, -v)';
