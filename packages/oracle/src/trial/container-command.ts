import { listOr, valueAt } from '../json/read-json.ts';
import { OracleError } from '../oracle-error.ts';
import { expandVariables } from './expand-variables.ts';

/**
 * The words that the container starts with: `command` and `args`, `$(NAME)` expanded.
 * Throws {@link OracleError} `no-command` where `command` is absent, because then the image decides.
 */
export function containerCommand(container: unknown, values: ReadonlyMap<string, string>): readonly string[] {
  const command = listOr(valueAt(container, 'command'));
  if (command.length === 0) {
    const name = String(valueAt(container, 'name'));
    const message = `the container ${name} gives no command, so its image decides what runs: add command and args`;
    throw new OracleError('no-command', message);
  }
  return [...command, ...listOr(valueAt(container, 'args'))].map((word) => {
    if (typeof word === 'string') return expandVariables(word, values);
    const message = `command and args must be strings, not ${JSON.stringify(word)}: quote it`;
    throw new OracleError('bad-experiment', message);
  });
}
