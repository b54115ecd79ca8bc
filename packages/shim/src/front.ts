/** What the interpreters are asked first: whether they start, and are a Python that the shim runs on. */
const PROBE = `import sys, os, select, fcntl, termios, _socket
v = sys.version_info
print("katib-push" if v >= (3, 4) or (2, 7) <= v < (3,) else v)`;

/**
 * What the interpreter runs. Nothing may be imported from the folder that it starts in, and os not before that folder
 * is off the path. Whatever fails here runs the words.
 */
const BOOT = `import sys
sys.path.pop(0)
import os
try:
    source = compile(os.environ["KATIB_PUSH_SHIM"], "katib-push-shim", "exec")
except Exception:
    os.write(2, b"katib-push: KATIB_PUSH_SHIM holds no shim: the command runs as it is\\n")
    os.execvp(sys.argv[1], sys.argv[1:])
exec(source, {})`;

/** Flags that keep the user's environment and folders out: all of it, or all but PYTHONHOME, where it needs that. */
const WITHOUT_ENVIRONMENT = '-EsS';
const WITH_HOME = '-sS';

const USUAL = ['python3', 'python'];

/** A word in single quotes, as a shell reads it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * The text that a shell runs in front of the words: the first interpreter that starts runs the shim, and the shim runs
 * the words. Where none does, one line says so, and the words run as they are.
 *
 * There is no `$(` in it, which the kubelet would read, and no `\${`, which Katib would.
 *
 * @param interpreters tried before `python3` and `python`, in this order: names or paths
 */
export function frontText(interpreters: readonly string[] = []): string {
  const candidates = [...new Set([...interpreters, ...USUAL])].map(quote).join(' ');
  return `${BEGINNING}${candidates}${END}`;
}

/** Whether a text is the front, whatever interpreters it tries. */
export function isFront(text: string): boolean {
  return text.startsWith(BEGINNING) && text.endsWith(END);
}

const BEGINNING = `# katib-push: reads the metrics that the command prints\nfor _katib_push in `;
const END = `; do
  for _katib_push_flags in ${WITHOUT_ENVIRONMENT} ${WITH_HOME}; do
    case \`"$_katib_push" $_katib_push_flags -c '${PROBE}' </dev/null 2>/dev/null\` in katib-push)
      [ $_katib_push_flags = ${WITHOUT_ENVIRONMENT} ] || [ -z "$PYTHONPATH" ] || export KATIB_PUSH_PYTHONPATH="$PYTHONPATH" PYTHONPATH=
      exec "$_katib_push" $_katib_push_flags -c '${BOOT}' "$@"
    esac
  done
done
echo 'katib-push: the metrics of this trial are not pushed: no Python 2.7, or 3.4 and later, starts here' >&2
exec "$@"`;
