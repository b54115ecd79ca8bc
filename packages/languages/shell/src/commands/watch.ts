import { argument, type Call } from '../walk/call.ts';
import type { Shell, Shows } from '../walk/shell.ts';

const signals = /^(?:DEBUG|RETURN|(?:SIG)?CHLD|17)$/i;

/** What a shell shows of itself that is started with these flags, one by one. */
export function shownBy(flags: readonly string[]): Shows {
  if (flags.some((flag) => flag === '-v' || flag === '--verbose')) return 'text';
  return flags.includes('-x') ? 'commands' : 'nothing';
}

/** `set -x` and `set +x` change what is shown from here on. */
function showFrom(args: readonly string[], shell: Shell): void {
  const end = args.indexOf('--');
  args.slice(0, end === -1 ? args.length : end).forEach((arg, i) => {
    const [, sign, letters = ''] = /^([-+])([a-zA-Z]+)$/.exec(arg) ?? [];
    const option = letters.endsWith('o') ? args[i + 1] : undefined;
    const shown = [
      letters.includes('v') || option === 'verbose',
      letters.includes('x') || option === 'xtrace',
    ];
    if (sign === '+' && shown.includes(true)) shell.shows = 'nothing';
    else if (shown[0]) shell.shows = 'text';
    else if (shown[1] && shell.shows === 'nothing') shell.shows = 'commands';
  });
}

/** Notes commands after which the client's own commands would be seen or counted. */
export function watch(name: string, call: Call): void {
  const reason = reasonOf(name, call);
  if (name === 'set') showFrom(argumentsOf(call), call.shell);
  const { walk, layer } = call.shell;
  if (reason) walk.watches.push({ layer, reason });
}

function reasonOf(name: string, call: Call): string | undefined {
  const args = argumentsOf(call);
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

function argumentsOf(call: Call): readonly string[] {
  return call.words.slice(1).map((_, i) => argument(call, i + 1) ?? '');
}

export const traced = 'the shell shows the commands that it runs (-x, -v)';
