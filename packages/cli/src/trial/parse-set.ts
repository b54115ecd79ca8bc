import { InvalidArgumentError } from 'commander';

/** Collects `--set name=value`. The value may be empty and may hold `=`. */
export function parseSet(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new InvalidArgumentError('Write it as name=value, for example lr=0.01.');
  const name = text.slice(0, equals).trim();
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`The parameter ${name} is set twice.`);
  return Object.fromEntries([...Object.entries(before), [name, text.slice(equals + 1)]]);
}
