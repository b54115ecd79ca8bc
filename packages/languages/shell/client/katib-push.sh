# katib-push client for sh, dash, bash: pushes the metrics that echo and printf of a Katib trial print.
#
#     _katib_push                       finds an interpreter (python3, python, node); says so if there is none
#     _katib_push echo "loss=$loss"     runs the command, then reads what it prints and pushes it before it returns
#
# The command runs first and as it is. It runs again, unseen, to be read: echo and printf can. A line that holds a wanted
# name goes to the push client for Python or Node, in a process of its own, which spills what it can't deliver. Variables: KATIB_PUSH_WITH, the interpreter;
# KATIB_PUSH_LINE, a line begun. Only if the DB manager can't be reached a file is made: ${TMPDIR:-/tmp}/katib-push-PID.
_katib_push() {
  # traced or echoed: our commands would show
  case $- in *[xv]*) "$@"; return ;; esac
  case $#${KATIB_PUSH_CONFIG-} in
    *'"output":"drop"'*) set -- 0 "$@" ;;
    *) if "$@"; then set -- 0 "$@"; else set -- "$?" "$@"; fi ;;
  esac
  # nothing below fails for set -e
  {
    # whole lines; what is left of one waits for the rest
    case $# in 1) ;; *)
      { KATIB_PUSH_LINE=${KATIB_PUSH_LINE-}$(shift; "$@"; command echo .); } 2>/dev/null
      KATIB_PUSH_LINE=${KATIB_PUSH_LINE%.}
      case $KATIB_PUSH_LINE in
        *'
'*) ;;
        *) return "$1" ;;
      esac
      set -- "$1" "${KATIB_PUSH_LINE%'
'*}"
      KATIB_PUSH_LINE=${KATIB_PUSH_LINE##*'
'}
      # $3: the wanted names, as ","-joined JSON
      set -- "$1" "$2" "${KATIB_PUSH_CONFIG-}"
      set -- "$1" "$2" "${3#*'"metrics":["'}"
      set -- "$1" "$2" "${3%%'"]'*}"
      case $3 in
        *\\*) ;; # a name with an escape: the client knows
        *)
          while case $2 in *"${3%%'","'*}"*) false ;; esac; do
            case $3 in
              *'","'*) set -- "$1" "$2" "${3#*'","'}" ;;
              *) return "$1" ;;
            esac
          done
          ;;
      esac
      ;;
    esac
    # the script may have changed PATH
    case ${KATIB_PUSH_WITH:-none} in none) ;; *)
      command -v "$KATIB_PUSH_WITH" >/dev/null 2>&1 || KATIB_PUSH_WITH=
      ;;
    esac
    case ${KATIB_PUSH_WITH:-none} in none)
      set -- "$1" "${2-}" "$#" "${KATIB_PUSH_WITH-}"
      for KATIB_PUSH_WITH in python3 python node none; do
        case $KATIB_PUSH_WITH${KATIB_PUSH_PYTHON:+P}${KATIB_PUSH_JAVASCRIPT:+J} in
          py*P | py*PJ)
            command -v "$KATIB_PUSH_WITH" &&
              "$KATIB_PUSH_WITH" -I -S -c 'import sys; sys.exit(sys.version_info < (3, 7))' && break
            ;;
          node*J)
            command -v node && NODE_OPTIONS='' node -e 'process.exit(parseInt(process.versions.node) < 14 ? 1 : 0)' && break
            ;;
        esac </dev/null >/dev/null 2>&1
      done
      case $KATIB_PUSH_WITH$4 in
        none) command echo 'katib-push: nothing can be pushed: the image has neither Python 3.7 nor Node 14' >&2 ;;
      esac
      case $KATIB_PUSH_WITH in none) ;; *)
        KATIB_PUSH_WITH=$(command -v "$KATIB_PUSH_WITH")
        ;;
      esac
      case $3 in 1) return "$1" ;; esac
      ;;
    esac
    # the marker, while it is there, shortens the wait for a DB manager that can't be reached
    set -- "$1" "$2" "${TMPDIR:-/tmp}/katib-push-$$"
    case ${KATIB_PUSH_WITH##*/} in
      py*)
        command printf '%s\n' "$2" | "$KATIB_PUSH_WITH" -I -S -X utf8 -c '
import atexit, os, sys, time
mark, env = sys.argv[1], os.environ
late, start = os.path.exists(mark), time.monotonic()
try: limit = float(env.get("KATIB_PUSH_FLUSH_TIMEOUT", ""))
except ValueError: limit = 30
if late: limit = min(limit, 1)
env["KATIB_PUSH_FLUSH_TIMEOUT"] = str(limit)
def end():
  try:
    slow = time.monotonic() - start >= min(limit, 5)
    if slow and not late: os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    elif late and not slow: os.unlink(mark)
  finally: os._exit(0)
atexit.register(end)
into = {"wrap": lambda f, *_: f}
try:
  exec(env["KATIB_PUSH_PYTHON"], {"katib_push_into": (into, "wrap", {"streams": ["stdout"]})})
  into["wrap"](sys.stdout.write)(sys.stdin.read())
except Exception: pass
' "$3" >/dev/null
        ;;
      node)
        command printf '%s\n' "$2" | NODE_OPTIONS='' "$KATIB_PUSH_WITH" -e '
const fs = require("fs"), { env } = process, mark = process.argv[1], start = Date.now();
const late = fs.existsSync(mark);
const given = parseFloat(env.KATIB_PUSH_FLUSH_TIMEOUT), limit = Math.min(given >= 0 ? given : 30, late ? 1 : 1e9);
env.KATIB_PUSH_FLUSH_TIMEOUT = String(limit);
let wrap = f => f;
const text = fs.readFileSync(0, "utf8");
try {
  const overrides = { streams: ["stdout"] };
  Function("katib_push_into", env.KATIB_PUSH_JAVASCRIPT)({ bind: f => { wrap = f; }, require, overrides });
  wrap(process.stdout).write(text);
} catch (e) {}
process.on("exit", () => {
  const slow = Date.now() - start >= 1000 * Math.min(limit, 5);
  try {
    if (slow && !late) fs.closeSync(fs.openSync(mark, "wx", 0o600));
    else if (late && !slow) fs.unlinkSync(mark);
  } catch (e) {}
});
' "$3" >/dev/null
        ;;
    esac
  } || :
  return "$1"
}
