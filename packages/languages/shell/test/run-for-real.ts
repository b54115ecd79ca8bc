import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A `python` that notes the text of the program it is given and runs nothing: inline text, standard input or a file.
 * Launchers in front of it (`torchrun`, `conda run`) are looked through by the launcher stub.
 */
const stub = `#!/bin/bash
shopt -s nullglob
taken=("$RECORD"/*)
number=$(printf '%04d' \${#taken[@]})
while [ $# -gt 0 ]; do
  case "$1" in
    -V|--version) exit 0;;
    -m) exit 0;;
    -W|-X) shift 2;;
    -*c) printf '%s' "$2" > "$RECORD/$number"; exit 0;;
    -c*) printf '%s' "\${1#-c}" > "$RECORD/$number"; exit 0;;
    -) break;;
    -*) shift;;
    *) break;;
  esac
done
if [ $# -eq 0 ] || [ "$1" = - ]; then cat > "$RECORD/$number"; else cat -- "$1" > "$RECORD/$number"; fi
echo ran
`;

/** Runs its arguments from the first that is a program. */
const launcher = `#!/bin/bash
while [ $# -gt 0 ]; do
  case "$1" in
    *.py) exec python "$@";;
    python*|sh|bash) exec "$@";;
  esac
  shift
done
`;

export interface Bench {
  /** Runs an argv and gives the program texts that the stubs were given, in order. */
  run(
    argv: readonly string[],
    options?: { readonly files?: Readonly<Record<string, string>> },
  ): readonly string[];
  dispose(): void;
}

export function makeBench(): Bench {
  const root = mkdtempSync(join(tmpdir(), 'katib-push-shell-'));
  const bin = join(root, 'bin');
  mkdirSync(bin);
  const install = (name: string, text: string): void => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  for (const name of ['python', 'python3', 'python3.11']) install(name, stub);
  for (const name of [
    'torchrun',
    'accelerate',
    'conda',
    'uv',
    'mpirun',
    'poetry',
    'sudo',
    'tini',
    'pip',
    'stdbuf',
  ])
    install(name, launcher);
  let runs = 0;
  return {
    run(argv) {
      const home = join(root, `run-${runs++}`);
      const record = join(home, 'record');
      mkdirSync(record, { recursive: true });
      const work = join(home, 'work');
      mkdirSync(work);
      const [command, ...args] = argv;
      const result = spawnSync(command as string, args, {
        cwd: work,
        env: {
          PATH: `${bin}:/usr/bin:/bin`,
          HOME: work,
          RECORD: record,
          LR: '0.5',
          TMPDIR: home,
          LC_ALL: 'C.UTF-8',
        },
        input: '',
        timeout: 100_000,
      });
      if (result.error) throw result.error;
      const texts = readdirSync(record)
        .sort()
        .map((name) => readFileSync(join(record, name), 'utf8'));
      rmSync(home, { recursive: true, force: true });
      return texts;
    },
    dispose() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
