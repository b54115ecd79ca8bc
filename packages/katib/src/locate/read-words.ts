import {
  type Language,
  outermostLayer,
  type TrialNamePlaceholder,
  type Unwrap,
  unwrapContainer,
} from '@katib-push/core';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import { isRecord } from '../json-pointer.ts';
import type { PrimaryContainer } from './locate-container.ts';

/** The strings of a container's `command` and `args`, in order. */
export interface Words {
  readonly strings: readonly { readonly text: string; readonly pointer: string; readonly label: string }[];
  /** How many of them are `command`. */
  readonly commandLength: number;
}

/** Reads the words of a container, or says why there are none. */
export function readWords(container: PrimaryContainer): Words | Diagnostic {
  const strings: { text: string; pointer: string; label: string }[] = [];
  for (const field of ['command', 'args'] as const) {
    const list = container.value[field] ?? [];
    const pointer = `${container.pointer}/${field}`;
    if (!Array.isArray(list))
      return diagnose('invalid-field', `${pointer} has to be a list of strings.`, { pointer });
    for (const [index, text] of list.entries()) {
      const at = `${pointer}/${index}`;
      if (typeof text !== 'string')
        return diagnose('invalid-field', `${at} has to be a string.`, { pointer: at });
      const odd = text.isWellFormed()
        ? text.includes('\0')
          ? 'a NUL character'
          : undefined
        : 'half a surrogate pair';
      if (odd) return diagnose('binary', `${at} holds ${odd}.`, { pointer: at, severity: 'warning' });
      strings.push({ text, pointer: at, label: `${field === 'args' ? 'arg' : 'command'} ${index}` });
    }
  }
  const fault = findEnvironmentFault(container);
  if (fault) return fault;
  const commandLength = Array.isArray(container.value.command) ? container.value.command.length : 0;
  const who = `The container ${JSON.stringify(container.name)}`;
  if (commandLength === 0 && typeof container.value.script === 'string')
    return diagnose('template-not-read', `${who} has no command: its text stands in "script".`, {
      pointer: `${container.pointer}/script`,
      hint: 'Write the step with command and args in place of script: an interpreter, -c (of a shell -ec) and the text.',
    });
  if (strings.length === 0)
    return diagnose('no-command', `${who} has neither command nor args.`, { pointer: container.pointer });
  return { strings, commandLength };
}

/** `env` has to be a list of objects with a name: it is going to be added to. */
function findEnvironmentFault(container: PrimaryContainer): Diagnostic | undefined {
  const { env } = container.value;
  const pointer = `${container.pointer}/env`;
  if (env === undefined || env === null) return undefined;
  if (!Array.isArray(env)) return diagnose('invalid-field', `${pointer} has to be a list.`, { pointer });
  const index = env.findIndex((entry) => !isRecord(entry) || typeof entry.name !== 'string');
  if (index >= 0)
    return diagnose('invalid-field', `${pointer}/${index} has to be an object with a name.`, {
      pointer: `${pointer}/${index}`,
    });
  const value = env.findIndex(
    (entry) => entry.value !== undefined && entry.value !== null && typeof entry.value !== 'string',
  );
  if (value < 0) return undefined;
  const at = `${pointer}/${value}/value`;
  return diagnose('invalid-field', `${at} has to be a string.`, { pointer: at });
}

/** Names of the variables that the container itself sets. */
export function environmentNames({ value }: PrimaryContainer): ReadonlySet<string> {
  const entries: readonly unknown[] = Array.isArray(value.env) ? value.env : [];
  return new Set(
    entries.flatMap((entry) => (isRecord(entry) && typeof entry.name === 'string' ? [entry.name] : [])),
  );
}

/** How core finds the programs in these words. */
export function unwrapWith(
  words: Words,
  container: PrimaryContainer,
  languages: readonly Language[],
  trialName: TrialNamePlaceholder,
): Unwrap {
  const names = environmentNames(container);
  return (replaced) => {
    const layers = words.strings.map(({ text, pointer, label }) =>
      outermostLayer(replaced.get(pointer) ?? text, label, pointer),
    );
    const command = {
      command: layers.slice(0, words.commandLength),
      args: layers.slice(words.commandLength),
    };
    return unwrapContainer(command, { environmentNames: names, languages, trialName });
  };
}
