import type { PreludeOptions } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import { jsonLiteral } from './js-literal.ts';

/**
 * The statements, on one line, that bind the name to a pass-through and then ask the client to take it over. Whatever
 * goes wrong in the client, the pass-through stays.
 *
 *     function _katib_push(f){return f}void(()=>{try{…}catch{}})();
 *
 * A function, because it is there before anything runs: in a cycle of modules, a function of this file may be called
 * earlier than its first statement. `void`, because `node -p` prints the value of the last statement that has one.
 */
export function preludeText(script: Script, options: PreludeOptions): string {
  const bind = bindText(script, options, options.streams ? { streams: options.streams } : {});
  const attempt = options.delivery.kind === 'image' ? sayingIfMissing(bind) : bind;
  return `function ${options.clientName}(f){return f}void(()=>{try{${attempt}}catch{}})();`;
}

/**
 * A trial without the module would push nothing, and say nothing: one line on stderr does. No backslash: it would mean
 * something else to each shell that the text passes.
 */
function sayingIfMissing(bind: string): string {
  const line =
    '"katib-push: the image has no module @katib-push/client: nothing is pushed"+String.fromCharCode(10)';
  const said = `process.getBuiltinModule("fs").writeSync(2,${line})`;
  return `try{${bind}}catch(e){let{process}=globalThis;if(e.code=="MODULE_NOT_FOUND"&&process.env.KATIB_PUSH_CONFIG)${said}}`;
}

/** What a script names that makes threads of its own. */
const THREADS = /\bworker_threads\b/;

/** @param settings given to the client beside the environment's */
function bindText({ text, isModule }: Script, options: PreludeOptions, settings: object): string {
  const { clientName, delivery, everyLine } = options;
  const threads = THREADS.test(text) ? ',threads:true' : '';
  const into = (overrides: object) => {
    const given = Object.keys(overrides).length > 0 ? `,overrides:${jsonLiteral(overrides)}` : '';
    return `{bind:f=>{${clientName}=f}${given}${everyLine ? ',everyLine:true' : ''}${threads}}`;
  };
  switch (delivery.kind) {
    case 'env':
      return `Function("katib_push_into",globalThis.process.env.KATIB_PUSH_JAVASCRIPT)(${into(settings)})`;
    case 'inline': {
      const all = { ...(JSON.parse(delivery.settings) as object), ...settings };
      return `Function("katib_push_into",${jsonLiteral(delivery.source)})(${into(all)})`;
    }
    case 'image': {
      const made =
        'process.getBuiltinModule("module").createRequire(process.argv[1]||process.cwd()+"/")'.replaceAll(
          'process',
          'globalThis.process',
        );
      // an ES module may declare a `require` of its own further down: to ask for it here would throw
      const require = isModule ? made : `(typeof require=="function"?require:${made})`;
      return `${require}("@katib-push/client").bind(${into(settings)})`;
    }
  }
}
