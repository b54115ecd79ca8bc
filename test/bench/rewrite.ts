import { createRequire } from 'node:module';
import { outermostLayer, unwrapContainer } from '@katib-push/core';
import { loadLanguages, rewriteWith } from '@katib-push/katib';
import { Language as Grammar, Parser } from 'web-tree-sitter';
import { measureRatio, type Ratio } from './ratio.ts';
import { languageNamed, rewriteText } from './rewrite-text.ts';
import { repeatFor, sizes } from './rounds.ts';
import { javascriptSample } from './sample-javascript.ts';
import { pythonSample } from './sample-python.ts';

const require = createRequire(import.meta.url);

/** Python's whole rewrite, verification included, against a bare parse and against ast-grep wrapping every `print`. */
export async function benchPython(): Promise<readonly Ratio[]> {
  const python = await languageNamed('python');
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Grammar.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm')));
  const astGrep = require('@ast-grep/napi');
  astGrep.registerDynamicLanguage({ python: require('@ast-grep/lang-python') });

  return sizes.flatMap((kilobytes) => {
    const text = pythonSample(kilobytes * 1024);
    const rounds = repeatFor(kilobytes);
    const parse = rounds(() => parser.parse(text)?.delete());
    const rewrite = rounds(() => rewriteText(python, text));
    const wrap = rounds(() => {
      const root = astGrep.parse('python', text).root();
      const edits = root
        .findAll('print($$$ARGS)')
        .map((call: { field(name: string): { replace(text: string): unknown } }) =>
          call.field('function').replace('_katib_push(print)'),
        );
      root.commitEdits(edits);
    });
    return [
      measureRatio(`python rewrite / tree-sitter parse, ${kilobytes} KB`, parse, rewrite),
      measureRatio(`python rewrite / ast-grep, ${kilobytes} KB`, wrap, rewrite),
    ];
  });
}

/** JavaScript's whole rewrite against a bare Babel parse. */
export async function benchJavaScript(): Promise<readonly Ratio[]> {
  const javascript = await languageNamed('javascript');
  const { parse } = await import('@babel/parser');
  return sizes.map((kilobytes) => {
    const text = javascriptSample(kilobytes * 1024);
    const rounds = repeatFor(kilobytes);
    const bare = rounds(() => parse(text, { sourceType: 'script' }));
    return measureRatio(
      `javascript rewrite / Babel parse, ${kilobytes} KB`,
      bare,
      rounds(() => rewriteText(javascript, text)),
    );
  });
}

/** The shell's share: unwrapping a 100-line script against the whole rewrite of its Experiment. */
export async function benchShell(): Promise<readonly Ratio[]> {
  const languages = await loadLanguages();
  const text = shellScript();
  const given = {
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Experiment',
    spec: {
      objective: { objectiveMetricName: 'accuracy', additionalMetricNames: ['loss'] },
      metricsCollectorSpec: { collector: { kind: 'Push' } },
      trialTemplate: {
        primaryContainerName: 'main',
        trialSpec: {
          kind: 'Job',
          spec: {
            template: { spec: { containers: [{ name: 'main', command: ['bash', '-c'], args: [text] }] } },
          },
        },
      },
    },
  };
  const rounds = repeatFor(4);
  const whole = rounds(() => {
    if (rewriteWith(languages, given).patch.length === 0) throw new Error('the sample has to be rewritten');
  });
  const layers = ['bash', '-c', text].map((word, index) =>
    outermostLayer(word, `word ${index}`, `/${index}`),
  );
  const context = { environmentNames: new Set<string>(), languages };
  const unwrap = rounds(() =>
    unwrapContainer({ command: layers.slice(0, 2), args: layers.slice(2) }, context),
  );
  return [measureRatio('shell unwrap of 100 lines / whole rewrite', whole, unwrap)];
}

function shellScript(): string {
  const python = pythonSample(2048).split('\n').slice(0, 80).join('\n');
  const setting = Array.from(
    { length: 12 },
    (_, index) => `export SETTING_${index}="value ${index} of $HOME"`,
  ).join('\n');
  return `set -e\n${setting}\nmkdir -p "$HOME/run"\ncat > train.py <<'PY'\n${python}\nPY\nfor i in 1 2; do\n  python3 -u train.py --seed "$i"\ndone`;
}

/** Bytes of heap, of external memory and of the process that 5 000 rewrites leave behind, after a warm-up. */
export async function benchMemory(): Promise<Readonly<Record<'heap' | 'external' | 'resident', number>>> {
  const python = await languageNamed('python');
  const text = pythonSample(2048);
  for (let i = 0; i < 500; i++) rewriteText(python, text);
  globalThis.gc?.();
  const before = process.memoryUsage();
  for (let i = 0; i < 5000; i++) rewriteText(python, text);
  globalThis.gc?.();
  const after = process.memoryUsage();
  return {
    heap: after.heapUsed - before.heapUsed,
    external: after.external - before.external,
    resident: after.rss - before.rss,
  };
}
