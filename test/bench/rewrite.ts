import { createRequire } from 'node:module';
import { compileFilters, type Language, outermostLayer, rewritePrograms } from '@katib-push/core';
import { loadLanguages } from '@katib-push/katib';
import { Language as Grammar, Parser } from 'web-tree-sitter';
import { measureRatio, type Ratio } from './ratio.ts';
import { trainingScript } from './sample.ts';

const require = createRequire(import.meta.url);

/** The whole rewrite, verification included, against a bare parse and against ast-grep wrapping every `print`. */
export async function benchRewrite(): Promise<readonly Ratio[]> {
  const python = (await loadLanguages()).find((language) => language.name === 'python') as Language;
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Grammar.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm')));
  const astGrep = require('@ast-grep/napi');
  const grammar = require('@ast-grep/lang-python');
  astGrep.registerDynamicLanguage({ python: grammar });

  return [2, 20, 200].flatMap((kilobytes) => {
    const text = trainingScript(kilobytes * 1024);
    const repeat = Math.max(1, Math.round(100 / kilobytes));
    const times = (run: () => void) => () => {
      for (let i = 0; i < repeat; i++) run();
    };
    const parse = times(() => parser.parse(text)?.delete());
    const rewrite = times(() => rewriteText(python, text));
    const wrap = times(() => {
      const root = astGrep.parse('python', text).root();
      const edits = root
        .findAll('print($$$ARGS)')
        .map((node: { field(name: string): { replace(to: string): unknown } }) =>
          node.field('function').replace('_katib_push(print)'),
        );
      root.commitEdits(edits);
    });
    const size = `${kilobytes} KB`;
    return [
      measureRatio(`rewrite / tree-sitter parse, ${size}`, parse, rewrite),
      measureRatio(`rewrite / ast-grep find and edit, ${size}`, wrap, rewrite),
    ];
  });
}

/** Bytes of heap and of external memory that 5 000 rewrites leave behind, after a warm-up. */
export async function benchMemory(): Promise<{
  readonly heap: number;
  readonly external: number;
  readonly resident: number;
}> {
  const python = (await loadLanguages()).find((language) => language.name === 'python') as Language;
  const text = trainingScript(2048);
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

const { filters } = compileFilters(['accuracy', 'loss']);

function rewriteText(language: Language, text: string): void {
  if (!filters) throw new Error('the default filter has to compile');
  const rewritten = rewritePrograms(
    (replaced) => [
      {
        kind: 'text',
        language,
        layer: outermostLayer(replaced.get('train.py') ?? text, 'train.py', 'train.py'),
        name: 'train.py',
        role: 'main',
        dropsEnvironment: false,
        output: { stdout: 'container', stderr: 'container' },
      },
    ],
    { filters },
  );
  if (rewritten.strings.size !== 1) throw new Error('the sample has to be rewritten');
}
