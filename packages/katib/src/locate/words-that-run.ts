import { argvLayer, followCommand, type Language, outermostLayer } from '@katib-push/core';

/** A container's words as its fields hold them. */
export interface ContainerWords {
  readonly command: readonly string[];
  readonly args: readonly string[];
}

/** What runs where no sidecar, and so no wrapper of Katib's, is there. */
export interface WordsThatRun extends ContainerWords {
  /** Whether the words are joined for a shell, as Katib's wrapper does it, because that changes what they mean. */
  readonly joined: boolean;
}

/** What the rule has to know beside the words. */
export interface WordsContext {
  readonly languages: readonly Language[];
  /** Names of the container's environment variables: the kubelet replaces `$(NAME)`. */
  readonly environmentNames: ReadonlySet<string>;
  /** `kind` of the job, whose controller may fill in placeholders of its own. Absent: none but Katib's. */
  readonly jobKind?: string;
}

/** Words that a shell hands on as they are: exactly those that hold nothing else, to their very end. */
export const plainWord = /^[A-Za-z0-9_@%+:,./=-]+$/;
/** A word that a shell takes for an assignment, where it comes first. */
export const assignment = /^[A-Za-z_]\w*\+?=/;
/** A word in a pair of quotes, which only a shell takes away. */
export const quotedWord = /^(?:'[^']*'|"(?:[^"\\]|\\.)*")$/;
const lineBreak = /[\n\r]/;

/** Katib's placeholders, which are filled in before any shell reads the text. They count as plain text. */
export const katibPlaceholder = /\$\{trialParameters\.[^}]*\}/g;
const placeholdersOf: Readonly<Record<string, RegExp>> = {
  Workflow: /\{\{[^{}]*\}\}/g,
  PipelineRun: /\$\((?:params|tasks|workspaces|context|steps)[.[][^()]*\)/g,
  TaskRun: /\$\((?:params|workspaces|context|steps)[.[][^()]*\)/g,
};
const plainStandIn = '_';

/**
 * Words that mean something to a shell where they come first: builtins and keywords of dash, bash and ash.
 * Source: their manuals.
 */
export const shellWords: ReadonlySet<string> = new Set(
  [
    '! . : [ [[ ]] { } alias bg bind break builtin caller case cd chdir command compgen complete compopt continue',
    'coproc declare dirs disown do done echo elif else enable esac eval exec exit export false fc fg fi for function',
    'getopts hash help history if in jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly',
    'return select set shift shopt source suspend test then time times trap true type typeset ulimit umask unalias',
    'unset until wait while',
  ].flatMap((line) => line.split(' ')),
);

/**
 * The words that a container runs once its collector needs no sidecar. Katib's wrapper joins command and args with
 * spaces under `sh -c` (only a literal `sh -c` or `bash -c` is kept); whoever takes it away has to join them too where
 * that is what the user saw.
 *
 *     python train.py --lr 0.1             the words as they are: joining changes nothing
 *     python train.py && echo done         sh -c "python train.py && echo done"
 *     sh -c 'python train.py' --lr 0.1     sh -c "python train.py --lr 0.1"
 *     python -c '"print(1)"'               sh -c 'python -c "print(1)"'
 *     python -c 'print(1)'                 the words as they are: joined they are no program (a syntax error, a line
 *                                          break, the text of a program in pieces)
 *
 * The fields keep their shape: what was in `args` stays there. Source: Katib, pod webhook, `wrapWorkerContainer`.
 */
export function wordsThatRun({ command, args }: ContainerWords, context: WordsContext): WordsThatRun {
  const words = [...command, ...args];
  const asTheyAre = { command, args, joined: false };
  const shell = keptShell(words);
  const pieces = shell ? words.slice(2) : words;
  if (pieces.length === 0 || (shell ? pieces.length === 1 : joinsToItself(words, context))) return asTheyAre;
  const text = pieces.join(' ');
  if (lineBreak.test(text) || (!shell && holdsProgramText(words, context)) || !parses(text, context))
    return asTheyAre;
  const start = shell ?? ['sh', '-c'];
  return args.length > 0
    ? { command: start, args: [text], joined: true }
    : { command: [...start, text], args, joined: true };
}

/** The shells that Katib's wrapper leaves in their place, before `-c`. */
export const keptShells: readonly string[] = ['sh', 'bash'];

/** The shell that Katib's wrapper leaves in its place. */
export function keptShell([first, second]: readonly string[]): readonly string[] | undefined {
  return first !== undefined && keptShells.includes(first) && second === '-c' ? [first, second] : undefined;
}

/** A word with something in place of what the job's own controller fills in. */
export function fillOwn(word: string, { jobKind = '' }: WordsContext, standIn: string): string {
  const own = Object.hasOwn(placeholdersOf, jobKind) ? placeholdersOf[jobKind] : undefined;
  return own ? word.replace(own, () => standIn) : word;
}

function joinsToItself(words: readonly string[], context: WordsContext): boolean {
  const filled = words.map((word) =>
    fillOwn(word.replace(katibPlaceholder, plainStandIn), context, plainStandIn),
  );
  const [first = ''] = filled;
  const isShells = shellWords.has(first) || assignment.test(first);
  return !isShells && filled.every((word) => plainWord.test(word));
}

/** `/bin/sh -ec TEXT`, `python -c TEXT`: joined, the text would be in pieces, unless it is in quotes. */
function holdsProgramText(words: readonly string[], context: WordsContext): boolean {
  const layers = words.map((word) => argvLayer(outermostLayer(word, '', ''), context.environmentNames));
  const followed = followCommand(layers, { languages: context.languages, dropsEnvironment: false });
  if (followed.kind !== 'program' || followed.source.kind !== 'inline') return false;
  return !quotedWord.test(followed.source.text.text);
}

/** Whether a shell can read a text, with what the kubelet and Katib fill in as plain text. */
function parses(text: string, { languages, environmentNames }: WordsContext): boolean {
  const filled = argvLayer(outermostLayer(text, '', ''), environmentNames).text;
  const host = languages.find((language) => language.host)?.host;
  return host !== undefined && host.syntaxError(filled) === undefined && !filled.endsWith('\\');
}
