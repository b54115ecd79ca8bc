import type { PatchOperation } from '@katib-push/katib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines } from '../../../test/lines.ts';
import { alignLines } from '../src/yaml/align-lines.ts';
import { applyOperation } from '../src/yaml/apply-operation.ts';
import { exactValueOf, parseYaml } from '../src/yaml/parse-yaml.ts';
import { sameValue } from '../src/yaml/same-value.ts';
import { spliceDocument } from '../src/yaml/splice-document.ts';

const script = lines`
  set -e
  python - <<EOF
  print("loss=1")

    # deep
  print(x)
  EOF

`;
const rewritten = lines`
  set -e
  python - <<EOF
  _p(print)("loss=1")
  prelude = 1
    # deep
  _p(print)(x)
  EOF

`;

const scalar = '/spec/template/containers/0/args/1';
const changes: readonly PatchOperation[] = [
  { op: 'replace', path: scalar, value: rewritten },
  {
    op: 'add',
    path: '/spec/template/containers/0/env',
    value: [
      { name: 'SOURCE', value: 'def f():\n    return "${x}"\n\n# \\ end\n' },
      { name: 'yes', value: '1' },
    ],
  },
  { op: 'add', path: '/spec/parameters/-', value: { name: 'trialName', reference: '${trialSpec.Name}' } },
  { op: 'add', path: '/spec/collector', value: { collector: { kind: 'Push' } } },
  {
    op: 'add',
    path: '/metadata/annotations',
    value: { 'katib-push.io/version': '0.1.0', record: '[{"a":1}]' },
  },
];

/** How the script is written, by style; the parts of the document around it are in `document`. */
const styles: Readonly<Record<string, { text: (indent: string) => string; value: string }>> = {
  literal: { text: (indent) => `|\n${block(script, indent)}`, value: script },
  'literal, stripped': { text: (indent) => `|-\n${block(script, indent)}`, value: script.slice(0, -1) },
  'literal, kept': { text: (indent) => `|+\n${block(script, indent)}\n`, value: `${script}\n` },
  'literal, comment on the header': { text: (indent) => `| # why\n${block(script, indent)}`, value: script },
  'literal, explicit indentation': { text: (indent) => `|2\n${block(script, indent)}`, value: script },
  folded: {
    text: (indent) =>
      `>\n${block(
        lines`
      print("loss=1")
      print(x)

      last
    `,
        indent,
      )}`,
    value: 'print("loss=1") print(x)\nlast\n',
  },
  'double quoted': { text: () => `${JSON.stringify(script)}\n`, value: script },
  'double quoted, folded': {
    text: (indent) =>
      `"set -e\\n\\\n${indent}python -c 'print(1)'\n${indent}  and more\\\n${indent}  \\ end"\n`,
    value: "set -e\npython -c 'print(1)' and more end",
  },
  'single quoted': { text: () => `'it''s print(1)'\n`, value: "it's print(1)" },
  'single quoted, several lines': {
    text: (indent) => `'print(1)\n\n${indent}print(2)\n${indent}end'\n`,
    value: 'print(1)\nprint(2) end',
  },
  plain: { text: () => 'print(1)\n', value: 'print(1)' },
  'plain, several lines': { text: (indent) => `print(1)\n${indent}print(2)\n`, value: 'print(1) print(2)' },
};

function block(text: string, indent: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')
    .concat('\n');
}

function document(scalarText: string, step: number, listStep: number): string {
  const s = ' '.repeat(step);
  const l = ' '.repeat(listStep);
  const container = `${s}${s}${l}`;
  const fields = `${container}  `;
  return `# an experiment
apiVersion: kubeflow.org/v1beta1 # the version
kind: Experiment
metadata:
${s}name: tune   # three blanks
${s}labels: {a: "1", 'b': yes}   # yes is text in YAML 1.2
spec:
${s}big: 12345678901234567890
${s}octal: 0o17
${s}parameters:
${s}${l}- name: lr # learning rate
${s}${l}  reference: lr
${s}# behind the list
${s}template:
${s}${s}containers:
${container}-   name: training
${container}    args:
${container}    ${l}- -c
${container}    ${l}- ${scalarText}${fields}  # a comment below the script
${container}-   {name: sidecar, image: "x:y"}
${s}${s}restartPolicy: Never

# the end
`;
}

describe('spliceDocument', () => {
  for (const [name, style] of Object.entries(styles)) {
    for (const [step, listStep] of [
      [2, 0],
      [2, 2],
      [4, 4],
      [4, 0],
    ] as const) {
      for (const eol of ['\n', '\r\n']) {
        it(`keeps everything else: ${name}, indented by ${step}/${listStep}, ${JSON.stringify(eol)}`, () => {
          const indent = ' '.repeat(2 * step + 2 * listStep + 4 + 2);
          const text = document(style.text(indent), step, listStep).replaceAll('\n', eol);
          expect(at(readValue(text), scalar)).toBe(style.value);
          const operations = changes.map((change) =>
            change.path === scalar ? { ...change, value: changed(style.value) } : change,
          );
          const result = spliceDocument(text, operations);
          expectSpliced(text, result.text, operations);
          expect(result.reformatted).toBe(false);
          if (eol === '\r\n') expect(result.text).not.toMatch(/[^\r]\n/);
        });
      }
    }
  }

  it('keeps literal style, chomping and indentation', () => {
    const text = document(styles['literal, stripped']!.text(' '.repeat(12)), 2, 0);
    const result = spliceDocument(text, [
      { op: 'replace', path: scalar, value: rewritten.slice(0, -1) },
    ]).text;
    expect(result).toContain(
      lines`
        |-
                    set -e
                    python - <<EOF
                    _p(print)("loss=1")

      `,
    );
  });

  it('does not change what an alias repeats', () => {
    const text = lines`
      base: &args [-c, "print(1)"]
      one: *args
      two:
      - &x
        k: v
      - *x

    `;
    const operations: PatchOperation[] = [
      { op: 'replace', path: '/base/1', value: 'push(1)' },
      { op: 'replace', path: '/two/1/k', value: 'w' },
    ];
    const result = spliceDocument(text, operations);
    expectSpliced(text, result.text, operations, false);
    expect(readValue(result.text)).toEqual({
      base: ['-c', 'push(1)'],
      one: ['-c', 'print(1)'],
      two: [{ k: 'v' }, { k: 'w' }],
    });
  });

  it('writes out merged keys that change, and keeps the others merged', () => {
    const text = lines`
      defaults: &d
        image: a
        args: ["print(1)"]
      spec:
        <<: *d
        name: x # name

    `;
    const operations: PatchOperation[] = [{ op: 'replace', path: '/spec/args/0', value: 'push(1)' }];
    const result = spliceDocument(text, operations);
    expectSpliced(text, result.text, operations);
    expect(result.text).toContain('<<: *d');
  });

  it('keeps the other user of a merged mapping as it is', () => {
    const text = lines`
      defaults: &d
        image: a
        args: ["print(1)"]
      spec:
        <<: *d
        name: x # name

    `;
    const operations: PatchOperation[] = [{ op: 'replace', path: '/defaults/args/0', value: 'push(1)' }];
    const result = spliceDocument(text, operations);
    expectSpliced(text, result.text, operations, false);
  });

  it('changes JSON in place', () => {
    const text = lines`
        {
          "metadata": {
            "name": "x"
          },
          "spec": {"args": ["print(1)"], "big": 12345678901234567890}
        }

      `;
    const operations: PatchOperation[] = [
      { op: 'replace', path: '/spec/args/0', value: 'push(1)\n"x"' },
      { op: 'add', path: '/metadata/annotations', value: { a: '1', b: { c: [] } } },
      { op: 'add', path: '/spec/args/-', value: 'end' },
      { op: 'add', path: '/spec/env', value: [{ name: 'A' }] },
    ];
    const result = spliceDocument(text, operations).text;
    expectSpliced(text, result, operations);
    expect(() => JSON.parse(result)).not.toThrow();
    expect(result).toContain('12345678901234567890');
    expect(result).toContain('    "name": "x",\n    "annotations": {\n      "a": "1",');
  });

  it('adds to an empty file end, to empty collections and to nothing', () => {
    for (const [text, operation] of [
      ['a: 1', { op: 'add', path: '/b', value: { c: 'x\ny\n' } }],
      ['a: |\n  text', { op: 'add', path: '/b', value: 2 }],
      [
        lines`
        a: |+
          text



      `,
        { op: 'add', path: '/b', value: 2 },
      ],
      ['a: {}\nb: 1\n', { op: 'add', path: '/a/c', value: 'd' }],
      ['a: []\nb: 1\n', { op: 'add', path: '/a/-', value: { x: [1, [2]] } }],
      ['a:\nb: 1\n', { op: 'replace', path: '/a', value: { c: 1 } }],
      ['a: # nothing\nb: 1\n', { op: 'replace', path: '/a', value: ['c'] }],
      [
        lines`
        a:
        - b
        -

      `,
        { op: 'replace', path: '/a/1', value: { c: 1, d: 2 } },
      ],
      [
        lines`
        a:
        - b: 1
          c: 2

      `,
        { op: 'remove', path: '/a/0/b' },
      ],
      [
        lines`
        a:
          b: 1
          # two
          c: |
            x
        d: 1

      `,
        { op: 'remove', path: '/a/c' },
      ],
      [
        lines`
        a:
          b: 1
        d: 1

      `,
        { op: 'remove', path: '/a/b' },
      ],
      ['a: [1, 2, 3]\n', { op: 'remove', path: '/a/2' }],
      ['a: [1, 2, 3]\n', { op: 'add', path: '/a/0', value: 'x' }],
      ['- 1\n-  2\n', { op: 'add', path: '/1', value: 'x' }],
      ['- 1\n-  2\n', { op: 'add', path: '/0', value: ['x', 'y'] }],
      ['a: {b: 1, }\n', { op: 'add', path: '/a/c', value: null }],
      ['"a b": x\n', { op: 'add', path: '/~1~0', value: 'on' }],
    ] as const satisfies readonly (readonly [string, PatchOperation])[]) {
      const result = spliceDocument(text, [operation]);
      expectSpliced(text, result.text, [operation], false);
      expect(result.reformatted, `${text} ${operation.op} ${operation.path}`).toBe(false);
    }
  });

  it('gives any text back, in every style', () => {
    const text = fc.stringMatching(/^[ \t\na-c'":#{}[\],&*!|>%@`$\\-]{0,40}$/);
    const wild = fc.oneof(
      text,
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(styles)),
        wild,
        wild,
        fc.boolean(),
        (style, a, b, crlf) => {
          const lf = document(style.text(' '.repeat(12)), 2, 0);
          const original = crlf ? lf.replaceAll('\n', '\r\n') : lf;
          const operations: PatchOperation[] = [
            { op: 'replace', path: scalar, value: a },
            { op: 'add', path: '/spec/template/containers/0/env', value: [{ name: b, value: b }] },
          ];
          const result = spliceDocument(original, operations);
          expect(sameValue(readValue(result.text), after(original, operations))).toBe(true);
          expect(result.reformatted).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('throws for an operation that does not apply', () => {
    expect(() => spliceDocument('a: 1\n', [{ op: 'replace', path: '/b/c', value: 1 }])).toThrow(RangeError);
  });
});

/** The value is right, and every line of the text before is still there unless a change took it. */
function expectSpliced(
  before: string,
  result: string,
  operations: readonly PatchOperation[],
  lines = true,
): void {
  expect(sameValue(readValue(result), after(before, operations))).toBe(true);
  if (!lines) return;
  const linesA = before.split('\n');
  const linesB = result.split('\n');
  const removed = alignLines(linesA, linesB).flatMap(({ same, fromA, toA }) =>
    same ? [] : linesA.slice(fromA, toA),
  );
  const scalarLines = removed.filter(
    (line) => !/print|loss|set -e|EOF|# deep|^\s*$|args|labels|"name"|"spec"/.test(line),
  );
  expect(scalarLines.filter((line) => !/last|end|and more/.test(line))).toEqual([]);
}

function after(text: string, operations: readonly PatchOperation[]): unknown {
  return operations.reduce(applyOperation, readValue(text));
}

function readValue(text: string): unknown {
  const document = parseYaml(text)[0]!;
  expect(document.errors).toEqual([]);
  return exactValueOf(document);
}

function at(value: unknown, pointer: string): unknown {
  return pointer
    .slice(1)
    .split('/')
    .reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], value);
}

/** A text with the changes that a rewrite makes: within lines, and a blank line filled. */
function changed(value: string): string {
  return value === script ? rewritten : value.replaceAll('print', '_p(print)').replace('\n\n', '\nprelude\n');
}
