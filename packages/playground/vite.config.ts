import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { contentSecurityPolicy } from '../cli/src/playground/content-security-policy.ts';
import { readExamples } from './build/examples.ts';
import { withoutNode } from './build/without-node.ts';

/** `virtual:examples`: the chosen cases of the fixtures. */
function withExamples(): Plugin {
  const id = '\0virtual:examples';
  return {
    name: 'with-examples',
    resolveId: (given) => (given === 'virtual:examples' ? id : undefined),
    load: (given) => (given === id ? `export const examples = ${JSON.stringify(readExamples())}` : undefined),
  };
}

/** Writes the policy into the built page. While it is developed, Vite needs more than it allows. */
function withPolicy(): Plugin {
  return {
    name: 'with-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['source', ...defaultClientConditions] },
  plugins: [withoutNode(), withExamples(), withPolicy()],
  worker: { format: 'es', plugins: () => [withoutNode()] },
  build: {
    outDir: '../cli/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // the WASM runtime has an `eval` for what no grammar asks for; the policy forbids it
    rolldownOptions: { onLog: (level, log, handle) => log.code === 'EVAL' || handle(level, log) },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
});
