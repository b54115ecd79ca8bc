import { createShell } from '@katib-push/shell';
import fc from 'fast-check';
import { describeLanguage } from '../../../../test/conformance/index.ts';

const value = fc.constantFrom('0.5', '1e-05', '$step', '-$step', '$(expr $step + 1)');
const line = value.chain((value) =>
  fc.constantFrom(
    `echo "loss=${value}"`,
    `echo loss=${value} >&2`,
    `printf 'loss=%s\\n' "${value}"`,
    `show loss "${value}"`,
    `echo "step ${value}"`,
    'echo constant',
  ),
);

/** Programs that print metrics in many ways, in a loop and in a function. */
const programs = fc
  .array(line, { minLength: 1, maxLength: 4 })
  .map((lines) =>
    [
      'show() {',
      '    echo "$1=$2"',
      '}',
      'for step in 1 2; do',
      ...lines.map((each) => `    ${each}`),
      'done',
      '',
    ].join('\n'),
  );

await describeLanguage(createShell, {
  fixtures: new URL('fixtures', import.meta.url),
  interpreter: 'bash',
  programs,
  prints: (literal) => `printf %s ${literal}`,
  exempt: {
    CRLF: 'a carriage return is part of a word to a shell',
    BOM: 'a byte order mark is part of the first word to a shell',
    modules: 'files that a text loads are found by the host, with all that it runs',
    unreadable: 'what other commands write is theirs: the host finds them',
    value: 'a shell has commands, and no values of them',
  },
});
