import jsonPatch from 'fast-json-patch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveWarnings } from '../../../test/api-server/warnings.ts';
import { job, sampleExperiment } from '../../katib/test/sample.ts';
import { type AdmissionAnswer, createAdmissionHandler, InvalidReviewError } from '../src/index.ts';
import { containerOf, type Mutable } from './mutators.ts';
import { creation, patchOf } from './reviews.ts';

const handler = createAdmissionHandler({ timeout: 60_000 });
beforeAll(() => handler.ready());
afterAll(() => handler.close());

function withScript(script: string, command = ['python3', '-c']): Mutable {
  const container = { name: 'main', image: 'x', command, args: [script] };
  return sampleExperiment([['spec', 'trialTemplate', 'trialSpec'], job([container])]);
}

function untouched({ response }: AdmissionAnswer, warning: RegExp): void {
  const { patch: _, patchType: __, auditAnnotations: ___, ...rest } = response;
  expect(rest).toEqual({ uid: 'u-1', allowed: true, warnings: expect.any(Array) });
  expect(rewritesNothing({ response } as AdmissionAnswer)).toBe(true);
  expect(response.warnings?.[0]).toMatch(warning);
  expect(receiveWarnings(response.warnings ?? []).faults).toEqual([]);
}

/** Whether nothing but the annotation that keeps the outcome is written. */
function rewritesNothing(answer: AdmissionAnswer): boolean {
  return patchOf(answer).every(({ path, value }) => {
    if (path === '/metadata/annotations')
      return Object.keys(value as object).join() === 'katib-push.io/outcome';
    return path === '/metadata/annotations/katib-push.io~1outcome';
  });
}

/** The object after the patch, which has to apply strictly and hold no tests. */
function patched(object: unknown, answer: AdmissionAnswer): Mutable {
  const patch = patchOf(answer);
  expect(patch.map(({ op }) => op).filter((op) => op !== 'add' && op !== 'replace')).toEqual([]);
  expect(receiveWarnings(answer.response.warnings ?? []).faults).toEqual([]);
  return jsonPatch.applyPatch(structuredClone(object), patch as jsonPatch.Operation[], true)
    .newDocument as Mutable;
}

describe('a body that is no review', () => {
  it.each<[string, unknown]>([
    ['nothing', ''],
    ['no JSON', '{"request": '],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', 7],
    ['undefined', undefined],
    ['no request', {}],
    ['null for a request', { request: null }],
    ['a list for a request', { request: [] }],
    ['no uid', { request: { operation: 'CREATE' } }],
    ['an empty uid', { request: { uid: '' } }],
    ['a number for a uid', { request: { uid: 7 } }],
    ['a uid that is inherited', '{"request":{"__proto__":{"uid":"x"}}}'],
  ])('is told so: %s', async (_, body) => {
    const error = await handler(body).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidReviewError);
    expect(error).toMatchObject({ status: 400, message: expect.stringMatching(/^[A-Z][^\n]+\.$/) });
  });

  it('is not quoted', async () => {
    const error = await handler('secret-token').catch((reason: Error) => reason.message);
    expect(error).toBe('The body is no JSON.');
  });
});

describe('what is none of our business', () => {
  const experiment = { group: 'kubeflow.org', version: 'v1beta1', kind: 'Experiment' };
  it.each<[string, Mutable]>([
    ['DELETE', { operation: 'DELETE', object: null, oldObject: sampleExperiment() }],
    ['CONNECT', { operation: 'CONNECT' }],
    ['no operation', { operation: undefined }],
    ['an operation of another type', { operation: ['CREATE'] }],
    ['the status', { subResource: 'status' }],
    ['another kind', { kind: { ...experiment, kind: 'Trial' } }],
    ['another group', { kind: { ...experiment, group: 'example.org' } }],
    ['another version', { kind: { ...experiment, version: 'v1alpha3' } }],
    ['null for a kind', { kind: null }],
    ['a text for a kind', { kind: 'Experiment' }],
    ['no kind', { kind: undefined }],
  ])('is allowed with no patch: %s', async (_, more) => {
    const { response } = await handler(creation(sampleExperiment(), more));
    expect(response).toEqual({ uid: 'u-1', allowed: true });
  });
});

describe('an object of an odd shape', () => {
  it.each([null, undefined, 7, 'x', [], true])('is allowed with a warning: %j', async (object) => {
    untouched(await handler(creation(object)), /\(no-object\)/);
  });

  it('is allowed, whatever sits wherever', async () => {
    const odd = [null, 7, 'x', [], {}, true, [null], { a: null }, ''];
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]): void => {
      if (path.length > 0) paths.push(path);
      if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index]);
      else if (value !== null && typeof value === 'object')
        for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    };
    const base = sampleExperiment([['metadata', 'annotations'], { 'katib-push.io/output': 'keep' }]);
    walk(base, []);
    for (const path of paths)
      for (const value of odd) {
        const object = structuredClone(base);
        const holder = path.slice(0, -1).reduce((inner, key) => inner[key] as Mutable, object);
        holder[path.at(-1) as string] = value;
        const answer = await handler(creation(object));
        expect(answer.response).toMatchObject({ uid: 'u-1', allowed: true });
        patched(object, answer);
        const update = await handler(creation(object, { operation: 'UPDATE', oldObject: base }));
        expect(update.response).toEqual({ uid: 'u-1', allowed: true });
      }
  });

  it.each([1_000, 9_000, 100_000])('is allowed when it is nested %i deep', async (depth) => {
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const text = JSON.stringify(creation(sampleExperiment([['spec', 'deep'], 'HERE']))).replace(
      '"HERE"',
      deep,
    );
    const { response } = await handler(Buffer.from(text));
    expect(response).toMatchObject({ uid: 'u-1', allowed: true });
    if (depth > 1_000) expect(response.warnings?.[0]).toMatch(/not-transferable|internal-error|failed/);
    const update = JSON.parse(text);
    update.request.operation = 'UPDATE';
    update.request.oldObject = update.request.object;
    expect((await handler(update)).response).toEqual({ uid: 'u-1', allowed: true });
  });

  it('is rewritten with keys of prototypes beside, which stay', async () => {
    const text = JSON.stringify(creation(sampleExperiment([['spec', 'odd'], 1]))).replace(
      '"odd":1',
      '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}',
    );
    const answer = await handler(text);
    expect(patchOf(answer).every(({ path }) => !/__proto__|constructor/.test(path))).toBe(true);
    expect(answer.response.patch).toBeDefined();
    expect(({} as Mutable).polluted).toBeUndefined();
  });

  it('is left alone where the container is behind such a key', async () => {
    const text = JSON.stringify(creation(sampleExperiment())).replace('"template":', '"__proto__":');
    const answer = await handler(text);
    expect(answer.response).toMatchObject({ uid: 'u-1', allowed: true });
    expect(rewritesNothing(answer)).toBe(true);
    expect(answer.response.warnings).toHaveLength(1);
  });

  it('keeps numbers and keys that JSON.parse would not keep: the patch does not touch them', async () => {
    const text = JSON.stringify(creation(sampleExperiment([['spec', 'odd'], 1]))).replace(
      '"odd":1',
      '"big":9007199254740993,"float":1.0,"twice":1,"twice":2,"exponent":1e400',
    );
    const patch = patchOf(await handler(text));
    expect(patch.map(({ path }) => path).filter((path) => /big|float|twice|exponent/.test(path))).toEqual([]);
    expect(patch.some(({ path }) => path === '' || path === '/spec')).toBe(false);
  });

  it('escapes keys with ~ and /', async () => {
    const { template } = (sampleExperiment().spec as { trialTemplate: { trialSpec: { spec: Mutable } } })
      .trialTemplate.trialSpec.spec;
    const trialSpec = { apiVersion: 'x/v1', kind: 'X', spec: { 'a/b~c~1': { template } } };
    const object = sampleExperiment([['spec', 'trialTemplate', 'trialSpec'], trialSpec]);
    const answer = await handler(creation(object));
    expect(patchOf(answer).some(({ path }) => path.includes('/a~1b~0c~01/'))).toBe(true);
    expect(JSON.stringify(patched(object, answer))).toContain('_katib_push(print)');
  });
});

describe('filters', () => {
  const filters = (list: readonly string[]) =>
    sampleExperiment([['spec', 'metricsCollectorSpec', 'source'], { filter: { metricsFormat: list } }]);

  it.each<[string, string[], RegExp | undefined]>([
    ['hostile', ['(a+)+$(b)', '((\\w*)*)*=(x)', '(([a-z])+.)+[A-Z]([a-z])+$'], undefined],
    ['invalid', ['('], /filter/i],
    ['that only JavaScript knows', ['(?=a)(b)(c)'], /filter/i],
    ['of RE2', ['(?i)(?P<n>[[:alpha:]]+)=(?P<v>\\d+(?:\\.\\d+)?)'], undefined],
    ['with one group', ['(loss)'], undefined],
    ['of 100 000 characters', [`(a)(${'b'.repeat(100_000)})`], undefined],
    ['ten thousand', Array.from({ length: 10_000 }, (_, index) => `(m${index})=(.*)`), undefined],
    ['with huge repetition', ['(a{1000}{1000})(b)'], /filter/i],
  ])('are survived: %s', async (_, list, warning) => {
    const object = filters(list);
    const answer = await handler(creation(object), list.length > 100 ? { deadline: 2_000 } : {});
    expect(answer.response).toMatchObject({ uid: 'u-1', allowed: true });
    patched(object, answer);
    if (warning) untouched(answer, warning);
  });
});

describe('scripts', () => {
  const line = "print(f'accuracy={${trialParameters.lr}}')\n";

  it.each<[string, string, RegExp]>([
    ['of 1 MiB', `${line}${'# x\n'.repeat(262_144)}`, /characters; the limit is 131072/],
    ['with 100 000 prints', line + "print(f'loss={1}')\n".repeat(100_000), /the limit is 131072/],
    ['with one line of 1 MiB', `${line}x = '${'y'.repeat(1_048_576)}'\n`, /the limit is 131072/],
    ['that would not fit once they are rewritten', line.repeat(2_600), /would have \d+ bytes|grow/],
    ['that are no Python', `${line}def f(:\n`, /Left as it is/],
    ['with half a surrogate pair', `${line}# \ud800`, /surrogate/],
  ])('are left alone: %s', async (_, script, warning) => {
    untouched(await handler(creation(withScript(script))), warning);
  });

  it('are read as far as the options say', async () => {
    const wide = createAdmissionHandler({ timeout: 60_000, maxScriptLength: 2_000_000, maxGrowth: 1 });
    try {
      untouched(await wide(creation(withScript(line))), /would grow by \d+ bytes; the limit is 1\./);
      untouched(await wide(creation(withScript(line + 'x = 1\n'.repeat(25_000)))), /would have \d+ bytes/);
    } finally {
      await wide.close();
    }
  });
});

describe('names of metrics', () => {
  it.each([
    ['quotes', `a"b'c\`d`],
    ['a line break', 'a\nb'],
    ['a placeholder', 'a${trialSpec.Name}'],
    ['a variable of the kubelet', '$(PATH)'],
    ['a line separator', 'a\u2028b'],
    ['a null character', 'a\0b'],
    ['text that turns around', 'a\u202eb'],
    ['10 000 characters', 'n'.repeat(10_000)],
    ['half a surrogate pair', 'a\udfff'],
  ])('are survived: %s', async (_, name) => {
    const object = sampleExperiment([['spec', 'objective', 'additionalMetricNames'], [name]]);
    const answer = await handler(creation(object));
    expect(answer.response).toMatchObject({ uid: 'u-1', allowed: true });
    const after = patched(object, answer);
    if (rewritesNothing(answer)) return;
    const env = containerOf(after).env as { name: string; value: string }[];
    const config = env.find((entry) => entry.name === 'KATIB_PUSH_CONFIG')?.value ?? '';
    expect(JSON.parse(config.replaceAll('$$', '$')).metrics).toEqual(['accuracy', name]);
    expect(config).not.toMatch(/(?<!\$)(\$\$)*\$\(/);
  });

  it('are told in so many warnings as fit', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `metric-${index}-${'é'.repeat(60)}`);
    const { response } = await handler(
      creation(sampleExperiment([['spec', 'objective', 'additionalMetricNames'], many])),
    );
    expect(response.patch).toBeDefined();
    expect(receiveWarnings(response.warnings ?? []).faults).toEqual([]);
    expect(response.warnings?.at(-1)).toMatch(/^katib-push: \d+ more warnings are left out/);
  });
});

describe('warnings', () => {
  const stdOut = [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'] as const;
  const enabled = [
    ['metadata', 'annotations'],
    { 'katib-push.io/rewrite': 'enabled', 'katib-push.io/capture': 'source' },
  ] as const;

  it('say what is pushed', async () => {
    const push = await handler(creation(sampleExperiment()));
    expect(push.response.warnings).toEqual(['katib-push: accuracy, loss are pushed by the source way']);
    const { response } = await handler(creation(sampleExperiment(stdOut, enabled)));
    expect(response.warnings).toEqual([
      'katib-push: accuracy, loss are pushed by the source way; sidecar disabled',
    ]);
  });

  it('say what is not, and why', async () => {
    const object = sampleExperiment([
      ['spec', 'objective', 'additionalMetricNames'],
      ['loss', 'f1'],
    ]);
    const { response } = await handler(creation(object));
    expect(response.warnings).toEqual([
      'katib-push: accuracy, loss are pushed by the source way',
      expect.stringMatching(
        /^katib-push: The metric f1 has no rewritten source: .*set katib-push\.io\/capture: container/,
      ),
    ]);
  });

  it('say nothing to those who did not ask', async () => {
    for (const overrides of [
      [stdOut],
      [[['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'TensorFlowEvent']],
      [[['metadata', 'annotations'], { 'katib-push.io/rewrite': 'disabled' }]],
    ] as const) {
      const { response } = await handler(creation(sampleExperiment(...overrides)));
      expect(response).toEqual({ uid: 'u-1', allowed: true });
    }
  });

  it('say why a wish is not granted', async () => {
    const early = [['spec', 'earlyStopping'], { algorithmName: 'medianstop' }] as const;
    untouched(
      await handler(creation(sampleExperiment(stdOut, enabled, early))),
      /Early stopping is configured/,
    );
    const odd = [['metadata', 'annotations'], { 'katib-push.io/rewrite': 'please' }] as const;
    untouched(await handler(creation(sampleExperiment(odd))), /Use one of: enabled, disabled, forced/);
  });
});

describe('strict', () => {
  it('denies what can not be read, and nothing that stays as it is on purpose', async () => {
    const strict = createAdmissionHandler({ strict: true, timeout: 60_000 });
    try {
      const bad = await strict(creation(sampleExperiment([['spec', 'objective'], 'x'])));
      expect(bad.response).toMatchObject({
        allowed: false,
        status: {
          code: 422,
          reason: 'Invalid',
          message: expect.stringContaining('/spec/objective has to be an object'),
        },
      });
      const none = await strict(creation(null));
      expect(none.response).toMatchObject({ allowed: false, status: { code: 422 } });
      const fine = await strict(creation(withScript("print('hello')  # ${trialParameters.lr}")));
      expect(fine.response).toMatchObject({ allowed: true });
    } finally {
      await strict.close();
    }
  });
});
