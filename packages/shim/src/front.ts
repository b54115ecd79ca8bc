/** What an interpreter is asked first: whether it starts, and is a Python that the shim runs on. */
const PROBE = `import sys
sys.path.pop(0)
import os, select, fcntl, termios, _socket
v = sys.version_info
print("katib-push" if v >= (3, 4) or (2, 7) <= v < (3,) else v)`;

/**
 * What the interpreter runs: the shim. Nothing may be imported from the folder that it starts in, and os not before that
 * folder is off the path. Its arguments are those of the front's function. Whatever fails here runs the words.
 */
export const bootText = `import sys
sys.path.pop(0)
import os
del sys.argv[1:3]
path = os.environ.pop("KATIB_PUSH_PYTHONPATH", "")
if path:
    os.environ["PYTHONPATH"] = path
try:
    exec(compile(os.environ["KATIB_PUSH_SHIM"], "katib-push-shim", "exec"), {})
except Exception as e:
    os.write(2, ("katib-push: KATIB_PUSH_SHIM is damaged, the command runs as it is: %r\\n" % e).encode())
    os.execvp(sys.argv[1], sys.argv[1:])`;

/** Flags that keep the user's environment and folders out: all of it, or all but PYTHONHOME, where it needs that. */
const WITHOUT_ENVIRONMENT = '-EsS';
const WITH_HOME = '-sS';

const USUAL = ['python3', 'python'];

const BEGINNING = `# katib-push: runs the command in the words behind this text, and reads the metrics that it prints
katib_push() {
  case \`{ PYTHONPATH= "$1" "$2" -c '${PROBE}' </dev/null; } 2>/dev/null\` in katib-push)
    [ "$2" = ${WITHOUT_ENVIRONMENT} ] || [ -z "$PYTHONPATH" ] || export KATIB_PUSH_PYTHONPATH="$PYTHONPATH" PYTHONPATH=
    exec "$1" "$2" -c '${bootText}' "$@"
  esac
}
`;
const END = `
echo 'katib-push: the metrics of this trial are not pushed: no Python 2.7, or 3.4 and later, starts here' >&2
exec "$@"`;

/**
 * The text that a shell runs in front of the words: the first interpreter that starts runs the shim, and the shim runs
 * the words. Where none does, one line says so, and the words run as they are.
 *
 * It sets no variable of the shell, which may be one of the user's; and there is no \`$(\` in it, which the kubelet
 * would read, and no \`\${\`, which Katib would.
 *
 * @param interpreters tried before `python3` and `python`, in this order: names or paths
 */
export function frontText(interpreters: readonly string[] = []): string {
  const candidates = [...new Set([...interpreters, ...USUAL])].map(quote);
  const lines = candidates.flatMap((name) =>
    [WITHOUT_ENVIRONMENT, WITH_HOME].map((flags) => `katib_push ${name} ${flags} "$@"`),
  );
  return BEGINNING + lines.join('\n') + END;
}

/** Whether a text is the front, whatever interpreters it tries. */
export function isFront(text: string): boolean {
  return text.startsWith(BEGINNING) && text.endsWith(END);
}

/** A word as a shell reads it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
