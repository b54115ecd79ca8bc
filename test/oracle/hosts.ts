import { createPython } from '@katib-push/python';
import { ended, forKubelet, type Host, hosts, single, unquoted } from '../conformance/hosts.ts';
import { describeSubject } from '../conformance/language-tests.ts';

const python = describeSubject(await createPython(), { fixtures: '', interpreter: 'python3' });
const bash = (text: string) => ['bash', '-c', text];

/** Further forms that Katib users write, and line endings and marks that must not matter. */
const more: readonly Host[] = [
  { name: 'standard input', nest: (text) => bash(`python3 - <<'EOF'\n${ended(text)}EOF\n`) },
  {
    name: "the SDK's heredoc",
    nest: (text) =>
      bash(
        `program_path=$(mktemp -d)\nread -r -d '' SCRIPT << EOM\n\n${unquoted(ended(text))}\nEOM\nprintf "%s" "$SCRIPT" > "$program_path/ephemeral_script.py"\npython3 -u "$program_path/ephemeral_script.py"`,
      ),
  },
  {
    name: 'printf into a file',
    nest: (text) => ['sh', '-c', `printf '%s' ${single(text)} > t.py; python3 t.py`],
  },
  { name: 'a variable', nest: (text) => bash(`CODE=${single(text)}\nexec python3 -c "$CODE"`) },
  { name: 'env in front', nest: (text) => ['env', 'A=1', 'python3', '-u', '-c', text] },
  { name: 'CRLF', nest: (text) => ['python3', '-c', text.replaceAll('\n', '\r\n')] },
  {
    name: 'a file with a byte order mark',
    nest: (text) => bash(`cat > train.py <<'PY'\n\ufeff${ended(text)}PY\npython3 train.py\n`),
  },
];

/** Each way in which a Python script sits in a container's command: a name, and the words as a manifest holds them. */
export const nests: readonly (readonly [string, (script: string) => readonly string[] | undefined])[] = [
  ...hosts,
  ...more,
].map((host) => [
  host.name,
  (script) => {
    const words = host.nest(script, python);
    return words && forKubelet(words, host);
  },
]);
