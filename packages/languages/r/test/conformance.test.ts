import { createR } from '@katib-push/r';
import fc from 'fast-check';
import { describeLanguage } from '../../../../test/conformance/index.ts';
import { runR } from './run-r.ts';

const value = fc.constantFrom('0.5', '1e-05', 'step', '-2', 'round(1 / 3, 3)', 'step * 0.25');
const line = value.chain((value) =>
  fc.constantFrom(
    `cat("loss=", ${value}, "\\n", sep = "")`,
    `print(paste0("loss=", ${value}))`,
    `message("loss=", ${value})`,
    `writeLines(sprintf("loss=%g", ${value}))`,
    `show_metric("loss", ${value})`,
    `paste("loss", ${value}, sep = "=") |> print()`,
    `cat("step", ${value}, "\\n")`,
    'cat("constant\\n")',
  ),
);

/** Programs that print metrics in many ways, in a loop and in a function. */
const programs = fc
  .array(line, { minLength: 1, maxLength: 4 })
  .map((lines) =>
    [
      'show_metric <- function(name, value) {',
      '    cat(name, "=", value, "\\n", sep = "")',
      '}',
      'for (step in 1:2) {',
      ...lines.map((each) => `    ${each}`),
      '}',
      '',
    ].join('\n'),
  );

await describeLanguage(createR, {
  fixtures: new URL('fixtures', import.meta.url),
  interpreter: 'Rscript',
  run: runR,
  programs,
});
