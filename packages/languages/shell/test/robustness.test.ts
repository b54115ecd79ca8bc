import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forms } from './forms.ts';
import { pythonOf, shell, unwrapScript } from './unwrap-argv.ts';

const pieces = [
  'python',
  ' -c ',
  "'",
  '"',
  '`',
  '$(',
  ')',
  '<<E',
  '\nE\n',
  '\n',
  ' ',
  '$x',
  '${x:-',
  '}',
  ' | ',
  ' > f',
  ' && ',
  'cat',
  'echo ',
  '(',
  '{ ',
  '; }',
  'if true; then',
  'fi',
  'for i in a b; do',
  'done',
  '\\',
  '\0',
  '\ud800',
  'é',
  '<(',
  'f() ',
  '&',
  ';',
  "$'",
  '\t',
  '#',
  '<<-',
  'read S',
];

describe('any text', () => {
  test('is unwrapped without an exception', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 24 }), (parts) => {
        const text = parts.join('');
        for (const program of unwrapScript(text)) {
          if (program.kind !== 'text') continue;
          const { layer } = program;
          let at = 0;
          for (const segment of layer.segments) {
            expect(segment.from).toBe(at);
            expect(segment.to).toBeGreaterThan(at);
            at = segment.to;
          }
          expect(at).toBe(layer.text.length);
        }
        shell.parse(text, { opaque: [] }).statements();
      }),
      { numRuns: 3000 },
    );
  });

  test('that is cut anywhere is unwrapped without an exception', () => {
    for (const { script } of forms)
      for (let at = 0; at < script.length; at += 3) unwrapScript(script.slice(0, at));
  });

  test('is unwrapped to the same programs each time', () => {
    for (const { script } of forms) {
      const once = pythonOf(unwrapScript(script)).map(({ layer }) => layer.text);
      expect(pythonOf(unwrapScript(script)).map(({ layer }) => layer.text)).toEqual(once);
    }
  });
});

// What took more than time in proportion would not end within a test's time. How long it takes is for `pnpm bench`.
describe('large texts', () => {
  test('a heredoc of 2 MB is unwrapped', () => {
    const lines = '    print(f"loss={loss:.4f} \\$5 $HOME a\\\\b")\n'.repeat(50_000);
    const script = `program_path=$(mktemp -d)\nread -r -d '' SCRIPT << EOM\n\n${lines}\nEOM\nprintf "%s" "$SCRIPT" > "$program_path/e.py"\npython3 -u "$program_path/e.py"`;
    expect(script.length).toBeGreaterThan(2_000_000);
    expect(pythonOf(unwrapScript(script))).toHaveLength(1);
  });

  test('a text of blanks is read to its end', () => {
    const blanks = '\n'.repeat(200_000);
    const scripts = [`read -r -d '' S <<E\nx${blanks}x\nE\n`, `S=$(cat <<E\nx${blanks}x\nE\n)\n`];
    for (const script of scripts) expect(pythonOf(unwrapScript(`${script}python -c "$S"`))).toHaveLength(1);
  });

  test('loops in loops end', () => {
    const depth = 14;
    const script = `${'while true; do '.repeat(depth)}python x.py;${' done;'.repeat(depth)}`;
    expect(unwrapScript(script).length).toBeGreaterThan(0);
  });
});
