import type { Subject } from './language-tests.ts';

/** One way in which a text sits in a container's command. */
export interface Host {
  readonly name: string;
  /** Whether the program's file ends in a newline whatever the text does. */
  readonly ends?: boolean;
  /** Whether every `$` is written as `$$`, and not only those that the kubelet would take. */
  readonly doubled?: boolean;
  /** The container's words; `undefined` where the text can't be written in this host, or the language isn't run so. */
  nest(text: string, subject: Subject): readonly string[] | undefined;
}

const escaped = (text: string, special: RegExp) => text.replace(special, '\\$&');
export const single = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const double = (text: string) => `"${escaped(text, /["\\`]|\$(?!\{trialParameters\.)/g)}"`;
export const unquoted = (text: string) => escaped(text, /[\\`]|\$(?!\{trialParameters\.)/g);
const ansi = (text: string) =>
  `$'${escaped(text, /[\\']/g).replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}'`;
export const ended = (text: string) => (text.endsWith('\n') ? text : `${text}\n`);

/** `python3 -c ` in front of the text; `undefined` for a language that takes its programs from files only. */
function inline({ language, interpreter }: Subject): readonly [string, string] | undefined {
  const flag = language.interpreters.find(({ command }) => command.test(interpreter))?.inlineFlag;
  return flag === undefined ? undefined : [interpreter, flag];
}

function quoted(shell: readonly string[], quote: (text: string) => string) {
  return (text: string, subject: Subject) => {
    const command = inline(subject);
    return command && [...shell, `${command.join(' ')} ${quote(text)}`];
  };
}

function written(open: string, body: (text: string) => string) {
  return (text: string, { interpreter, ending }: Subject) =>
    /^EOF$/m.test(text)
      ? undefined
      : [
          'bash',
          '-c',
          `cat > train${ending} ${open}\n${body(ended(text))}EOF\n${interpreter} train${ending}\n`,
        ];
}

/** Each way in which a program stands in a manifest: argv, heredocs, quotes, shells in shells. */
export const hosts: readonly Host[] = [
  {
    name: 'argv',
    nest: (text, subject) => {
      const command = inline(subject);
      return command && [...command, text];
    },
  },
  { name: 'single quotes', nest: quoted(['sh', '-c'], single) },
  { name: 'double quotes', nest: quoted(['/bin/bash', '-ec'], double) },
  { name: '$-quotes', nest: quoted(['bash', '-c'], ansi) },
  { name: 'quoted heredoc', ends: true, nest: written("<<'EOF'", (text) => text) },
  { name: 'unquoted heredoc', ends: true, nest: written('<<EOF', unquoted) },
  {
    name: 'heredoc without tabs',
    ends: true,
    nest: (text, subject) =>
      /^\t/m.test(text)
        ? undefined
        : written("<<-'EOF'", (body) => body.replace(/^(?=.)/gm, '\t'))(text, subject),
  },
  {
    name: 'two shells',
    nest: (text, subject) => {
      const words = quoted(['sh', '-c'], single)(text, subject);
      return words && ['sh', '-c', `sh -c ${single(words.at(-1) as string)}`];
    },
  },
  {
    name: 'kubelet',
    doubled: true,
    nest: (text, subject) => {
      const command = inline(subject);
      return command && [...command, text];
    },
  },
];

/** The words as the manifest has to write them: the kubelet makes `$` of `$$`. Katib's placeholders stay. */
export function forKubelet(words: readonly string[], host: Host): readonly string[] {
  return words.map((word) =>
    host.doubled || /\$[$(]/.test(word) ? word.replace(/\$(?!\{trialParameters\.)/g, '$$$$') : word,
  );
}
