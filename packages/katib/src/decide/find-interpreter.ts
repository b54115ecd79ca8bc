import type { Language, SureCommand } from '@katib-push/core';
import { isShimInterpreter } from '@katib-push/shim';
import type { ContainerWords } from '../locate/words-that-run.ts';

/**
 * The interpreter that is certain to be there when a container starts, because its own words run one before anything
 * that might install, replace or hide it; or why none is.
 */
export function findInterpreter(
  { command, args }: ContainerWords,
  languages: readonly Language[],
): SureCommand {
  const host = languages.find((language) => language.host)?.host;
  return host?.sureCommand([...command, ...args], isShimInterpreter) ?? { hindrance: 'no shell is known' };
}
