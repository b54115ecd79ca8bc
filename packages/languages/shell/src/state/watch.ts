import { argument } from './call.ts';
import type { Call, Shows } from './shell.ts';

/** Why a text can't be edited in a shell that shows it. */
export const traced = 'the shell shows the commands that it runs (-x, -v)';

/** What a shell shows of itself that is started with these flags, one by one. */
export function shownBy(flags: readonly string[]): Shows {
  if (flags.some((flag) => flag === '-v' || flag === '--verbose')) return 'text';
  return flags.includes('-x') ? 'commands' : 'nothing';
}

/** `set -x` and `set +x` change what is shown from here on. */
export function showFrom(call: Call): void {
  const { shell } = call;
  const args = call.words.slice(1).map((_, i) => argument(call, i + 1) ?? '');
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
