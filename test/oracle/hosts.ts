/** One way in which a Python script sits in a container's command. */
export interface Host {
  readonly name: string;
  /** The command line that runs the script. */
  nest(script: string): readonly string[];
}

const single = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const double = (text: string) => `"${text.replace(/["\\`]|\$(?!\{trialParameters)/g, '\\$&')}"`;
const heredoc = (text: string) => text.replace(/[\\`]|\$(?!\{trialParameters)/g, '\\$&');
const ansi = (text: string) =>
  `$'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
const ended = (text: string) => (text.endsWith('\n') ? text : `${text}\n`);
const bash = (text: string) => ['bash', '-c', text];

/** The forms that Katib users write, and line endings and marks that must not matter. */
export const hosts: readonly Host[] = [
  { name: 'standard input', nest: (text) => bash(`python3 - <<'EOF'\n${ended(text)}EOF\n`) },
  { name: 'single quotes', nest: (text) => ['sh', '-c', `python3 -c ${single(text)}`] },
  { name: 'double quotes', nest: (text) => ['/bin/bash', '-ec', `python3 -u -c ${double(text)}`] },
  { name: 'a file', nest: (text) => bash(`cat > train.py <<'PY'\n${ended(text)}PY\npython3 train.py\n`) },
  {
    name: "the SDK's heredoc",
    nest: (text) =>
      bash(
        `program_path=$(mktemp -d)\nread -r -d '' SCRIPT << EOM\n\n${heredoc(ended(text))}\nEOM\nprintf "%s" "$SCRIPT" > "$program_path/ephemeral_script.py"\npython3 -u "$program_path/ephemeral_script.py"`,
      ),
  },
  {
    name: 'printf into a file',
    nest: (text) => ['sh', '-c', `printf '%s' ${single(text)} > t.py; python3 t.py`],
  },
  { name: 'ANSI-C quotes', nest: (text) => bash(`python3 -c ${ansi(text)}`) },
  { name: 'a variable', nest: (text) => bash(`CODE=${single(text)}\nexec python3 -c "$CODE"`) },
  { name: 'two shells', nest: (text) => ['sh', '-c', `sh -c ${single(`python3 -c ${single(text)}`)}`] },
  { name: 'env in front', nest: (text) => ['env', 'A=1', 'python3', '-u', '-c', text] },
  { name: 'CRLF', nest: (text) => ['python3', '-c', text.replaceAll('\n', '\r\n')] },
  {
    name: 'a file with a byte order mark',
    nest: (text) => bash(`cat > train.py <<'PY'\n\ufeff${ended(text)}PY\npython3 train.py\n`),
  },
];
