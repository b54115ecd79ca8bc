import { lines } from '../../../../test/lines.ts';
/** One way of running a program from a shell script. */
export interface Form {
  readonly shows: string;
  readonly script: string;
  /** The shells it is written for; both by default. */
  readonly shells?: readonly ('bash' | 'dash')[];
  /** How many programs there are; 1 by default. */
  readonly programs?: number;
  /** Whether the programs can only be read. Default false. */
  readonly readOnly?: boolean;
  /** Words behind the script: `$0`, `$1`, … */
  readonly args?: readonly string[];
}

const bash = ['bash'] as const;
const dash = ['dash'] as const;
const sdk = `program_path=$(mktemp -d)
read -r -d '' SCRIPT << EOM

def objective(parameters):
    print(f"accuracy={parameters['lr']}")
objective({'lr': '0.1', 'home': '$HOME', 'cost': '\\$5', 'path': 'a\\\\b', 'now': '$(date)'})

EOM
printf "%s" "$SCRIPT" > "$program_path/ephemeral_script.py"
`;

export const forms: readonly Form[] = [
  // The SDK
  { shows: 'the SDK', script: `${sdk}python3 -u "$program_path/ephemeral_script.py"`, shells: bash },
  {
    shows: 'the SDK for distributed jobs',
    script: `${sdk}torchrun --nnodes 1 "$program_path/ephemeral_script.py"`,
    shells: bash,
  },
  {
    shows: 'the SDK without blank lines',
    script: lines`
      read -d '' S <<EOM
      print(1)
      EOM
      python -c "$S"
    `,
    shells: bash,
  },

  // Quotes
  { shows: 'single quotes', script: 'python -c \'print("a\\n")\'' },
  { shows: 'double quotes', script: 'python -c "print(\\"a\\") # \\$x \\\\ \\q \\`"' },
  { shows: 'a line continued in double quotes', script: 'python -c "print(\\\n1)"' },
  {
    shows: 'several lines in double quotes',
    script: lines`
    python -c "
    import os
    print(os.getcwd())
    "
  `,
  },
  { shows: 'an apostrophe in single quotes', script: "python -c 'print('\\''a'\\'')'" },
  { shows: 'an apostrophe by double quotes', script: "python -c 'print('\"'\"'a'\"'\"')'" },
  {
    shows: '$-quotes',
    script: "python -c $'print(\\'a\\')\\nprint(\"\\x41\\u00e9\\101\\t\")'",
    shells: bash,
  },
  { shows: '$-quotes with unknown escapes', script: "python -c $'a\\qb\\?\\e'", shells: bash },
  { shows: 'locale quotes', script: 'python -c $"print(1)"', shells: bash },
  { shows: 'no quotes', script: 'python -c print\\(1\\)\\;x=\\"\\ \\"' },
  { shows: 'quotes in a row', script: `python -c 'print('"1"\\)$';x=\\'1\\''`, shells: bash },
  { shows: 'variables between quotes', script: `python -c 'lr='"$LR"'; print(lr)'` },
  {
    shows: 'variables in double quotes',
    script: 'python -c "lr=$LR; print(lr, ${LR}, ${LR:-1}, $((1+2)), $(echo 3), `echo 4`)"',
  },
  { shows: 'a lone dollar', script: 'python -c "print(\\"5$ $%d\\") # $"' },
  { shows: 'a lone dollar outside of quotes', script: "python -c x='$ $'$" },
  { shows: 'text beyond the basic plane', script: 'python -c "print(\'😀 \\😀\')"' },

  // Heredocs
  {
    shows: 'a quoted heredoc',
    script: lines`
    python3 - <<'EOF'
    print("$x \$y \\ \
    ")
    EOF
  `,
  },
  {
    shows: 'an unquoted heredoc',
    script: 'python3 <<EOF\nprint("$LR \\$y \\\\ \\q \\\nb `echo 1` $(echo 2)")\nx = "\'"\nEOF',
  },
  { shows: 'a delimiter quoted in part', script: "python3 - <<E'O'F\nprint('$x')\nEOF" },
  { shows: 'a delimiter with a backslash', script: "python3 - <<\\EOF\nprint('$x')\nEOF" },
  {
    shows: 'tabs stripped, quoted',
    script: "python3 - <<-'EOF'\n\tif 1:\n\t\t\tprint('$x\\')\n\n    \tx\n\tEOF",
  },
  { shows: 'tabs stripped, unquoted', script: 'python3 - <<-EOF\n\tif 1:\n\t    print("$LR")\n\tEOF' },
  {
    shows: 'tabs behind a continued line, in bash',
    script: 'python3 - <<-EOF\n\ta \\\n\tb\n\tEOF',
    shells: bash,
  },
  { shows: 'no delimiter at the end', script: "python3 - <<'EOF'\nprint(1)\n", shells: bash },
  {
    shows: 'two heredocs',
    script: lines`
      python - <<'A'; python - <<'B'
      print('a')
      A
      print('b')
      B
    `,
    programs: 2,
  },
  { shows: 'an empty heredoc', script: "python - <<'A'\nA\n" },
  { shows: 'CRLF in a heredoc', script: "python - <<'A'\nprint(1)\r\nprint(2)\r\nA\n" },
  { shows: 'a name behind a variable in a heredoc', script: 'python - <<A\nprint("$LR!x${LR}y$LR.z")\nA\n' },

  // Here-strings
  { shows: 'a here-string', script: "python <<< 'print(1)'", shells: bash },
  { shows: 'a here-string of a variable', script: 'S=\'print(1)\'\npython - <<< "$S"', shells: bash },

  // Pipes
  { shows: 'echo into python', script: "echo 'print(1)' | python" },
  { shows: 'echo of several words', script: "echo 'print(1,'   '2)' | python -", shells: bash },
  { shows: 'echo with backslashes, in bash', script: 'echo \'print("a\\n")\' | python', shells: bash },
  {
    shows: 'echo with backslashes, in dash',
    script: 'echo \'print(1)\\nprint("\\\\x\\0101")\\q\' | python',
    shells: dash,
    readOnly: true,
  },
  {
    shows: 'echo -e',
    script: 'echo -e \'print(1)\\nprint("\\\\\\\\")\\tx\\0101\' | python',
    shells: bash,
    readOnly: true,
  },
  {
    shows: 'echo -e with double quotes',
    script: 'echo -e "print(1)\\nprint(\\"a\\")" | python',
    shells: bash,
    readOnly: true,
  },
  { shows: 'echo -ne', script: "echo -ne 'print(1)\\nx\\cignored' | python", shells: bash, readOnly: true },
  { shows: 'echo -n', script: "echo -n 'print(1)' | python" },
  { shows: 'printf with a format', script: "printf '%s\\n' 'print(1)' 'print(2)' | python" },
  {
    shows: 'printf without arguments',
    script: 'printf \'print("100%%")\\nx = "\\\\n"\\n\' | python',
    readOnly: true,
  },
  {
    shows: 'printf with text in front',
    script: "printf 'import os\\n%s\\n# %d' 'print(1)' 5 | python",
    readOnly: true,
  },
  { shows: 'printf %b', script: "printf '%b' 'print(1)\\nprint(2)' | python", readOnly: true },
  {
    shows: 'cat of a heredoc',
    script: lines`
    cat <<'EOF' | python3 -
    print(1)
    EOF

  `,
  },
  {
    shows: 'cat into two commands',
    script: lines`
    cat <<'EOF' | cat | python3 -u - --x
    print(1)
    EOF

  `,
  },
  { shows: 'a group into python', script: "{ echo 'import os'; echo 'print(1)'; } | python" },

  // Files
  {
    shows: 'cat into a file',
    script: lines`
    cat > train.py <<'PY'
    print(1)
    PY
    python train.py --lr $LR
  `,
  },
  {
    shows: 'a heredoc in front of the file',
    script: lines`
    cat <<EOF > x.py
    print("$LR")
    EOF
    python ./x.py
  `,
  },
  {
    shows: 'tee',
    script: lines`
    tee x.py <<EOF >/dev/null
    print(1)
    EOF
    python x.py
  `,
  },
  { shows: 'echo into a file', script: "echo 'print(1)' > t.py; python t.py" },
  { shows: 'echo of several lines', script: "echo '\nprint(1)\n' > t.py && python t.py" },
  { shows: 'appended lines', script: "echo 'import os' > t.py\necho 'print(1)' >> t.py\npython t.py" },
  {
    shows: 'two heredocs in one file',
    script: lines`
      cat > t.py <<'A'
      import os
      A
      cat >> t.py <<'B'
      print(1)
      B
      python t.py
    `,
  },
  {
    shows: 'a folder that is entered',
    script: "mkdir -p a/b && cd a/b && echo 'print(1)' > t.py && cd .. && python b/t.py",
  },
  {
    shows: 'a temporary folder',
    script: 'd=$(mktemp -d); echo "print(1)" > "$d/t.py"; (cd "$d" && python t.py)',
  },
  { shows: 'a temporary file', script: 'f=$(mktemp); echo "print(1)" > $f; python $f' },
  {
    shows: 'a file that is copied',
    script: "mkdir d; echo 'print(1)' > a.py; cp a.py d/; mv d/a.py d/b.py; python d/b.py",
  },
  {
    shows: 'a file with a shebang',
    script: "printf '%s\\n' '#!/usr/bin/env python3' 'print(1)' > x.py; chmod +x x.py; ./x.py --lr 1",
  },
  {
    shows: 'a shebang with env -S',
    script: lines`
      cat > x <<'E'
      #!/usr/bin/env -S python3 -u
      print(1)
      E
      chmod +x x && ./x
    `,
  },
  {
    shows: 'a file written twice',
    script: "echo 'a' > t.py; python t.py; echo 'b' > t.py; python t.py",
    programs: 2,
  },
  { shows: 'a redirected program', script: "echo 'print(1)' > t.py; python < t.py; cat t.py | python" },
  { shows: 'standard input by name', script: "python /dev/stdin <<'EOF'\nprint(1)\nEOF" },
  {
    shows: 'process substitution',
    script: lines`
    python <(cat <<'EOF'
    print(1)
    EOF
    )
  `,
    shells: bash,
  },
  {
    shows: 'a file name with quotes and dots',
    script: "mkdir x; echo 'print(1)' > './a b.py'; python \"$PWD/x/../a b.py\"",
  },
  {
    shows: 'a redirection by a group',
    script: lines`
      { echo 'import os'; cat <<'E'
      print(1)
      E
      } > t.py; python t.py
    `,
  },
  { shows: 'exec with a redirection', script: "(exec > t.py; echo 'print(1)'); python t.py" },
  { shows: 'a descriptor of its own', script: "exec 3> t.py; echo 'print(1)' >&3; exec 3>&-; python t.py" },

  // Variables
  { shows: 'a variable', script: 'S=\'print(1)\nprint(2)\'; python -c "$S"' },
  { shows: 'a variable of a variable', script: 'A=\'print(1)\'; B="$A"; python -c "$B"' },
  {
    shows: 'a variable of a heredoc',
    script: lines`
    S=$(cat <<'EOF'
    print(1)


    EOF
    )
    python -c "$S"
  `,
  },
  {
    shows: 'a variable with backquotes',
    script: 'S=`cat <<\'EOF\'\nprint("\\\\\\\\ \\$x")\nEOF\n`\npython -c "$S"',
    shells: bash,
    readOnly: true,
  },
  { shows: 'a variable of a file', script: 'echo \'print(1)\' > t.py; S=$(cat t.py); python -c "$S"' },
  { shows: 'a variable piped', script: 'S=\'print(1)\'; echo "$S" | python' },
  { shows: 'a variable in a file', script: "S='print(1)'; printf '%s' \"$S\" > t.py; python t.py" },
  {
    shows: 'a variable set anew',
    script: 'S=\'print(1)\'; python -c "$S"; S=\'print(2)\'; python -c "$S"',
    programs: 2,
  },
  {
    shows: 'a variable that grows',
    script: "S='import os\n'; S+='print(1)'; python -c \"$S\"",
    shells: bash,
  },
  {
    shows: 'code in front of a variable with code',
    script: 'S=\'print(1)\'; python -c "import os\n$S"',
    readOnly: true,
  },
  { shows: 'a variable with code in front', script: "S='import os\nprint(1)\n'; python -c \"$S\"'print(2)'" },
  { shows: 'a command in a variable', script: "PY='python3 -u'; $PY -c 'print(1)'" },
  { shows: 'a command in an array', script: 'C=(python -c \'print(1)\'); "${C[@]}"', shells: bash },
  {
    shows: 'arguments',
    script: 'python -c "$1"; python -c "$0"',
    args: ['print(0)', 'print(1)'],
    programs: 2,
  },
  { shows: 'all arguments', script: '"$@"', args: ['x', 'python', '-c', 'print(1)'] },
  { shows: 'set', script: 'set -- -c \'print(1)\'; python "$@"' },
  { shows: 'a default', script: 'S=\'print(1)\'; python -c "${S:-print(2)}"' },
  {
    shows: 'read with backslashes',
    script: lines`
      read -d '' S <<'E'
      print(\1)\
      +2
      E
      python -c "$S"
    `,
    shells: bash,
    readOnly: true,
  },
  {
    shows: 'read with an empty IFS',
    script: lines`
      IFS= read -r -d '' S <<'E'

        print(1)

      E
      python -c "$S"
    `,
    shells: bash,
  },
  { shows: 'printf -v', script: "printf -v S '%s\\n' 'print(1)'; python -c \"$S\"", shells: bash },
  {
    shows: 'declare',
    script: 'declare -r S=\'print(1)\'; f() { local T="$S"; python -c "$T"; }; f',
    shells: bash,
  },

  // Flow
  {
    shows: 'a function',
    script: 'run() { python -u -c "$1"; }; run "print(1)"; run \'print(2)\'',
    programs: 2,
  },
  { shows: 'if', script: "if true; then python -c 'a'; fi" },
  {
    shows: 'both ways of if',
    script: 'for x in 1 2; do if [ $x = 1 ]; then echo a > t.py; else echo b > t.py; fi; python t.py; done',
    programs: 2,
  },
  { shows: 'for', script: "for i in 1 2; do python -c 'print(1)' $i; done" },
  {
    shows: 'for over files',
    script: 'echo a > a.py; echo b > b.py; for f in a b; do python $f.py; done',
    programs: 2,
  },
  { shows: 'while', script: "i=0; while [ $i -lt 2 ]; do python -c 'print(1)'; i=$((i+1)); done" },
  { shows: 'case', script: "case \"$LR\" in 0.5) S='a';; *) S='a';; esac; python -c 'x'" },
  { shows: 'a subshell', script: "(python -c 'print(1)')" },
  { shows: 'background', script: "python -c 'print(1)' & wait" },
  { shows: 'trap', script: 'trap \'python -c "print(1)"\' EXIT; true' },
  { shows: 'eval', script: 'eval "python -c \'print(1)\'"' },
  { shows: 'eval of words', script: "S='print(1)'; eval python -c \"'$S'\"", readOnly: true },
  { shows: 'exec', script: "exec python -c 'print(1)'; python -c 'never'" },
  { shows: 'exit', script: "python -c 'print(1)'; exit 0; python -c 'never'" },
  { shows: 'a condition that leaves', script: "test -d / || exit 1\npython -c 'print(1)'" },
  { shows: 'a shell in the shell', script: 'bash -euc \'python -c "print(1)"\'' },
  {
    shows: 'a shell in a shell in the shell',
    script: 'sh -c "bash -c \'python -c \\"print(\\\\\\"a\\\\\\")\\"\'"',
  },
  { shows: 'a shell with arguments', script: "bash -c 'python -c \"$1\"' x 'print(1)'" },
  {
    shows: 'a shell script in a file',
    script: lines`
      cat > x.sh <<'A'
      python - <<'B'
      print(1)
      B
      A
      bash x.sh
    `,
  },
  { shows: 'a sourced file', script: 'echo "S=\'print(1)\'" > x.sh; . ./x.sh; python -c "$S"' },
  { shows: 'a program in a substitution', script: "x=$(python -c 'print(1)'); echo $x" },
  {
    shows: 'a program in backquotes',
    script: 'x=`python -c "print(\\\\\\"a\\\\\\")"`',
    shells: bash,
    readOnly: true,
  },
  { shows: 'comments and blank lines', script: "# first\n\npython -c 'print(1)' # second\n" },
  {
    shows: 'lines that are continued',
    script: lines`
    python \
      -u \
      -c \
      'print(1)'
  `,
  },

  // In front
  { shows: 'env', script: "env -u X A=1 python -c 'print(1)'" },
  { shows: 'env -i', script: 'env -i PATH="$PATH" RECORD="$RECORD" python -c \'print(1)\'' },
  { shows: 'nohup, nice and timeout', script: "nohup nice -n 1 timeout -k 1 10 python -c 'print(1)'" },
  { shows: 'time', script: "time -p python -c 'print(1)'", shells: bash },
  { shows: 'accelerate', script: 'echo a > t.py; accelerate launch --num_processes 2 t.py --x 1' },
  { shows: 'conda run', script: "conda run -n base --no-capture-output python -c 'print(1)'" },
  { shows: 'uv run', script: 'echo a > t.py; uv run --with numpy t.py' },
  { shows: 'mpirun', script: "mpirun -np 2 --allow-run-as-root python -c 'print(1)'" },
  { shows: 'command and builtin', script: "command python -c 'print(1)'" },
  { shows: 'attached flags', script: "python -Bu -Wignore -X dev -c 'print(1)'" },
  { shows: 'xargs', script: "echo 1 | xargs python -c 'print(1)'" },
  // Put together
  {
    shows: 'a heredoc as an argument',
    script: lines`
    python -c "$(cat <<'E'
    print("$x")
    E
    )"
  `,
  },
  { shows: 'a file as an argument', script: 'echo \'print(1)\' > t.py; python -c "$(cat t.py)"' },
  {
    shows: 'a file read by the shell',
    script: 'echo \'print(1)\' > t.py; S=$(<t.py); python -c "$S"',
    shells: bash,
  },
  {
    shows: 'a quoted variable of a heredoc',
    script: lines`
      S="$(cat <<'E'
      print('a')
      E
      )"
      printf '%s' "$S" | python3 -
    `,
  },
  {
    shows: 'read from a process substitution',
    script: lines`
      read -r -d '' S < <(cat <<'E'
      print(1)
      E
      )
      python -c "$S"
    `,
    shells: bash,
  },
  { shows: 'a variable in $-quotes', script: 'S=$\'import os\\nprint(1)\'; python -c "$S"', shells: bash },
  { shows: 'a heredoc and more on its line', script: "cat <<'E' > x.py && python x.py\nprint(1)\nE" },
  {
    shows: 'a heredoc with its delimiter in double quotes',
    script: lines`
      cat << "E" > x.py ; python x.py
      print("$x")
      E

    `,
  },
  {
    shows: 'a heredoc through tee',
    script: lines`
    cat <<'E' | tee x.py >/dev/null
    print(1)
    E
    python x.py
  `,
  },
  { shows: 'arguments in front of a heredoc', script: 'python3 -u - "$LR" --x <<\'E\'\nprint(1)\nE' },
  { shows: 'a redirection in front of the command', script: "<<'E' python3 - a\nprint(1)\nE" },
  {
    shows: 'a heredoc in a function',
    script: lines`
    f() {
      cat > x.py <<'E'
    print(1)
    E
    }
    f
    python x.py
  `,
  },
  {
    shows: 'a heredoc in a loop',
    script: lines`
    for i in 1 2; do
    python - $i <<'E'
    print(1)
    E
    done
  `,
  },
  {
    shows: 'a heredoc with loop variables',
    script: lines`
      for i in 1 2; do
      python - <<E
      print($i)
      E
      done
    `,
    programs: 1,
  },
  {
    shows: 'a heredoc in a shell in the shell',
    script: lines`
      bash -c 'cat > x.py <<"E"
      print(1)
      E
      python x.py'
    `,
  },
  {
    shows: 'a heredoc in an unquoted heredoc',
    script: lines`
      bash <<A
      python - <<"B"
      print("\$x \\\\ $LR")
      B
      A

    `,
  },
  { shows: 'lines joined by pipes', script: "echo 'print(1)' |\n  cat |\n  python -" },
  { shows: 'two files joined', script: 'echo a > a.py; echo b > b.py; cat a.py b.py > c.py; python c.py' },
  {
    shows: 'two files joined the other way round',
    script: 'echo a > a.py; echo b > b.py; cat b.py a.py > c.py; python c.py',
    readOnly: true,
  },
  {
    shows: 'a sourced substitution',
    script: 'source <(echo "S=\'print(1)\'"); python -c "$S"',
    shells: bash,
  },
  { shows: 'variables in front', script: "A=1 B='x y' python -c 'print(1)'" },
  { shows: 'env as the interpreter', script: "/usr/bin/env python3 - <<'E'\nprint(1)\nE" },
  { shows: 'double quotes with an expansion at both ends', script: 'python -c "$LR print($LR) $LR"' },
  { shows: 'an expansion at the end', script: 'python -c "print($LR)"\'#\'"$LR"' },
  { shows: 'a nested substitution', script: 'python -c "print($(echo "$(echo 1)"))"' },
  { shows: 'nested backquotes', script: 'python -c "print(`echo \\`echo 1\\``)"' },
  { shows: 'parameters with operators', script: "python -c \"print('${LR%.*}', '${X:-a}', '${#LR}')\"" },
  {
    shows: 'positional arguments of a function',
    script: 'f() { shift; python "$@"; }; f x -u -c "print(1)"',
  },
  { shows: 'a file by a descriptor', script: "echo 'print(1)' > t.py; python /dev/fd/0 < t.py" },
  { shows: 'a cleaned up file', script: 'echo a > t.py; rm t.py; echo b > t.py; python t.py' },
  { shows: 'a link', script: "echo 'print(1)' > a.py; ln -s a.py b.py; python b.py" },
  { shows: 'install', script: "echo 'print(1)' > t.py; install -m 755 t.py x.py; python x.py" },
  {
    shows: 'an if around a file',
    script: lines`
      if [ ! -f t.py ]; then
        echo 'print(1)' > t.py
      fi
      python t.py
    `,
  },
  { shows: 'until', script: "until python -c 'print(1)'; do sleep 1; done" },
  { shows: 'a negated command', script: "! python -c 'print(1)'" },
  {
    shows: 'an arithmetic loop',
    script: "for ((i=0; i<2; i++)); do python -c 'print(1)'; done",
    shells: bash,
  },
  { shows: 'a test', script: "[[ 1 == 1 ]] && python -c 'print(1)'", shells: bash },
  { shows: 'time and a pipe', script: "time python -c 'print(1)' | cat", shells: bash },
  { shows: 'a backslash in front of a newline in single quotes', script: "python -c 'print(1 \\\n+ 2)'" },
  { shows: 'CRLF in double quotes', script: 'python -c "print(1)\r\nprint(2)\r\n"' },
  { shows: 'a byte order mark', script: "python - <<'E'\n\ufeffprint(1)\nE" },
  { shows: 'a tab in single quotes', script: "python -c 'if 1:\n\tprint(1)'" },
  { shows: 'echo of an empty word', script: "echo '' 'print(1)' | python" },
  {
    shows: 'lines that nearly end a heredoc',
    script: lines`
    python - <<'E'
    E 
     E
    EE
    E

  `,
  },
  {
    shows: 'a heredoc whose body looks like shell',
    script: "python - <<'E'\nx = '$(rm) `a` <<E \\'\n\tif fi done\nE",
  },
  { shows: 'percent signs', script: 'python -c \'print("%s %d%%" % (1, 2))\'' },
  { shows: 'printf of a percent sign in an argument', script: "printf '%s\\n' 'print(\"5%\\n\")' | python" },
  { shows: 'printf with octal', script: "printf 'print(1)\\043\\n' | python", readOnly: true },
  { shows: 'printf with width', script: "printf '%5s|%-3d' 'print(1)' 7 | python", readOnly: true },
];
