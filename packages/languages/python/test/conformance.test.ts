import { createPython } from '@katib-push/python';
import fc from 'fast-check';
import { describeLanguage } from '../../../../test/conformance/index.ts';

const value = fc.constantFrom('0.5', '1e-05', 'step', '-2', 'round(1 / 3, 3)', 'step * 0.25');
const line = value.chain((value) =>
  fc.constantFrom(
    `print(f"loss={${value}}")`,
    `print("loss", ${value}, sep="=", end="\\n")`,
    `print("loss=%s" % (${value}))`,
    `print("loss={}".format(${value}), file=sys.stderr)`,
    `sys.stdout.write("loss=" + str(${value}) + "\\n")`,
    `show("loss", ${value})`,
    `logging.warning("loss=%s", ${value})`,
    `print("step", ${value})`,
    'print("constant")',
  ),
);

/** Programs that print metrics in many ways, in a loop and in a function. */
const programs = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([lines, docstring]) =>
    [
      ...(docstring ? ['"""A program."""'] : []),
      'import logging, sys',
      'def show(name, value):',
      '    print(f"{name}={value}")',
      'for step in range(2):',
      ...lines.map((each) => `    ${each}`),
      '',
    ].join('\n'),
  );

await describeLanguage(createPython, {
  fixtures: new URL('fixtures', import.meta.url),
  interpreter: 'python3',
  programs,
  prints: (literal) => `import sys\nsys.stdout.buffer.write(${literal}.encode())`,
});
