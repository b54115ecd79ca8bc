import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/apply/apply-edits.ts';
import { argvLayer, outermostLayer, splice } from '../../src/index.ts';

/** The kubelet's own algorithm (`Expand` of Kubernetes, `third_party/forked/golang/expansion/expand.go`), as it is. */
function expand(input: string, variables: Readonly<Record<string, string>>): string {
  let output = '';
  let checkpoint = 0;
  for (let cursor = 0; cursor < input.length; cursor++) {
    if (input[cursor] !== '$' || cursor + 1 >= input.length) continue;
    output += input.slice(checkpoint, cursor);
    const [read, isVariable, advance] = readName(input.slice(cursor + 1));
    output += isVariable ? (variables[read] ?? `$(${read})`) : read;
    cursor += advance;
    checkpoint = cursor + 1;
  }
  return output + input.slice(checkpoint);
}

function readName(input: string): [read: string, isVariable: boolean, advance: number] {
  if (input[0] === '$') return ['$', false, 1];
  if (input[0] !== '(') return [`$${input[0]}`, false, 1];
  const close = input.indexOf(')', 1);
  return close === -1 ? ['$(', false, 1] : [input.slice(1, close), true, close + 1];
}

const names = new Set(['A']);
const layerOf = (text: string) => argvLayer(outermostLayer(text, 'arg 0', '/args/0'), names);

describe('an argument as the container gets it', () => {
  test.each([
    ['plain', 'plain', []],
    ['a$$b', 'a$b', []],
    ['$$$$', '$$', []],
    ['$x $5 $', '$x $5 $', []],
    ['$(A)/x', '____/x', [[0, 4]]],
    ['$(B)/x', '$(B)/x', []],
    ['$(echo $$)', '$(echo $$)', []],
    ['$(echo $(A))', '$(echo $(A))', []],
    ['$$(A)', '$(A)', []],
    ['$(A', '$(A', []],
    ['lr=${trialParameters.lr};', 'lr=_____________________;', [[3, 24]]],
    ['1e-${trialParameters.e}', '1e-11111111111111111111', [[3, 23]]],
    ['$(x ${trialParameters.lr})', '$(x _____________________)', [[4, 25]]],
    ['$${trialParameters.lr}', '_'.repeat(22), [[0, 22]]],
    ['$(DB_SERVICE_HOST)', '_'.repeat(18), [[0, 18]]],
    ['${trialParameters.lr', '${trialParameters.lr', []],
    ['$😀', '$😀', []],
  ] as const)('%s', (text, expected, opaque) => {
    const layer = layerOf(text);
    expect(layer.text).toBe(expected);
    expect(layer.opaque).toEqual(opaque.map(([from, to]) => ({ from, to })));
  });

  const argument = fc.string({ unit: fc.constantFrom(...'$$$(()A){}\\x \'"'), maxLength: 24 });

  test('is what the kubelet makes of it', () => {
    fc.assert(
      fc.property(argument, (text) => {
        const layer = layerOf(text);
        let ours = '';
        let at = 0;
        for (const { from, to } of layer.opaque) {
          ours += `${layer.text.slice(at, from)}«value»`;
          at = to;
        }
        expect(ours + layer.text.slice(at)).toBe(expand(text, { A: '«value»' }));
      }),
      { numRuns: 3000 },
    );
  });

  test('takes inserted text as it is, wherever it says that it can', () => {
    let tried = 0;
    let possible = 0;
    fc.assert(
      fc.property(argument, fc.array(fc.tuple(fc.nat(), argument), { maxLength: 3 }), (text, inserts) => {
        const layer = layerOf(text);
        const places = layer.segments.flatMap(({ kind, from, to }) =>
          kind === 'verbatim' ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [from],
        );
        if (places.length === 0) return;
        const chosen = new Map(
          inserts.map(([place, insert]) => [places[place % places.length] as number, insert]),
        );
        const edits = [...chosen]
          .sort(([a], [b]) => a - b)
          .map(([at, insert]) => ({ from: at, to: at, insert, reason: '' }));
        tried++;
        const applied = applyEdits([{ layer, edits }]);
        if (!('strings' in applied)) return;
        possible++;
        const again = layerOf(applied.strings.get('/args/0') ?? text);
        expect(again.text).toBe(splice(layer.text, edits));
      }),
      { numRuns: 4000 },
    );
    expect(possible / tried).toBeGreaterThan(0.5);
  });

  test.each([
    ['$()', 'A', undefined],
    ['$()', 'A ', undefined],
    ['$(x)', 'A', undefined],
    ['$(x y)', 'A', undefined],
    ['$( x)', ' A', undefined],
    ['$( x)', 'A)', '$( A)x)', 3],
    ['$( x$$)', 'A', undefined, 3],
    ['$($) ', 'A', '$($A) ', 3],
    ['$($) ', '$A', undefined, 3],
    ['$( y', 'A', undefined],
    ['$( y', 'A)', undefined],
  ] as const)(
    'makes nothing of %s that the kubelet knows by inserting %j',
    (text, insert, expected, at: number = 2) => {
      const edits = [{ from: at, to: at, insert, reason: '' }];
      const applied = applyEdits([{ layer: layerOf(text), edits }]);
      expect('strings' in applied ? applied.strings.get('/args/0') : undefined).toBe(expected);
    },
  );

  test('leaves dollars alone where the kubelet does', () => {
    const layer = layerOf('a');
    expect(layer.segments[0]?.encoding.encode('\\$x')).toBe('\\$x');
    expect(layer.segments[0]?.encoding.encode('$(x)')).toBe('$$(x)');
    expect(layer.segments[0]?.encoding.encode('${trialParameters.x}')).toBeUndefined();
  });
});
