import type { Language, Program, ProgramOutput } from '../language/language.ts';
import type { Layer } from '../layers/layer.ts';
import { argvLayer } from './argv-layer.ts';
import { followCommand } from './follow-command.ts';
import type { Followed } from './followed.ts';
import type { TrialNamePlaceholder } from './kubelet-encoding.ts';

/** A container's `command` and `args`, each string as it stands in the document. */
export interface ContainerCommand {
  /** Empty where the field is absent: the image's ENTRYPOINT runs. */
  readonly command: readonly Layer[];
  /** Empty where the field is absent. */
  readonly args: readonly Layer[];
}

export interface ContainerContext {
  /** Names of the container's environment variables: `$(NAME)` of another name is left to the shell. */
  readonly environmentNames: ReadonlySet<string>;
  readonly languages: readonly Language[];
  /** How deep hosts may nest; default 8. */
  readonly depth?: number;
  /** The placeholder of the trial's name, where inserted text may hold it; absent for none. */
  readonly trialName?: TrialNamePlaceholder;
}

/** Both streams reach the container's output. */
export const containerOutput: ProgramOutput = { stdout: 'container', stderr: 'container' };

/**
 * The programs that a container runs, in the order in which they are run: the texts in its `command` and `args`, and
 * what can't be followed, with the reason. Never throws on user input. Empty where the image alone says what is run.
 */
export function unwrapContainer(container: ContainerCommand, context: ContainerContext): readonly Program[] {
  const strings = [...container.command, ...container.args];
  const [first] = strings;
  if (!first) return [];
  const words = strings.map((string) => argvLayer(string, context.environmentNames, context.trialName));
  if (container.command.length === 0)
    return [
      unknown(
        words,
        first,
        'not-followed',
        "only args are given: they go to the image's ENTRYPOINT, which is not in the Experiment; set command",
      ),
    ];
  return programsOf(
    words,
    first,
    followCommand(words, { languages: context.languages, dropsEnvironment: false }),
    context,
  );
}

function programsOf(
  words: readonly Layer[],
  first: Layer,
  followed: Followed,
  context: ContainerContext,
): readonly Program[] {
  switch (followed.kind) {
    case 'nothing':
      return [];
    case 'unknown':
      return [unknown(words, first, 'not-followed', followed.reason)];
    case 'command':
      return [unknown(words, first, ...describeCommand(followed.words[0]?.text ?? ''))];
  }
  const { language, command, flags = [], source, args, dropsEnvironment } = followed;
  if (source.kind === 'stdin')
    return [unknown(words, first, 'not-followed', `${command} reads its program from standard input`)];
  if (source.kind === 'file')
    return [unknown(words, first, 'script-in-image', `the script is in the image: ${source.path.text}`)];
  if (source.kind === 'module')
    return [unknown(words, first, 'script-in-image', `the module is in the image: ${source.name.text}`)];

  const program: Program = {
    kind: 'text',
    language,
    layer: source.text,
    name: `${command} ${source.flag}`,
    role: 'main',
    dropsEnvironment,
    interpreter: { command, flags },
    output: containerOutput,
  };
  const depth = context.depth ?? 8;
  if (!language.host) return [program];
  return [
    program,
    ...language.host.unwrap(source.text, {
      languages: context.languages,
      args,
      dropsEnvironment,
      command,
      flags,
      depth,
    }),
  ];
}

function describeCommand(command: string): [code: 'script-in-image' | 'unknown-command', reason: string] {
  if (command.includes('/')) return ['script-in-image', `the program is in the image: ${command}`];
  return ['unknown-command', `not known to run a script: ${command}`];
}

function unknown(
  words: readonly Layer[],
  layer: Layer,
  code: Extract<Program, { kind: 'unknown' }>['code'],
  reason: string,
): Program {
  const line = words.map((word) => word.text).join(' ');
  const command = line.length > 80 ? `${line.slice(0, 79)}…` : line;
  return { kind: 'unknown', layer, range: { from: 0, to: layer.text.length }, command, reason, code };
}
