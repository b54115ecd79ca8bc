import type { RewriteTable } from '../../../../test/languages/describe-rewrites.ts';
import { lines } from '../../../../test/lines.ts';

/** Cases by family. */
export const REWRITES: RewriteTable = {
  console: [
    { name: 'a call', before: 'console.log(`a=${b}`)', after: '_katib_push(console).log(`a=${b}`)' },
    {
      name: 'every method that prints',
      before:
        'console.info(1);console.warn(1);console.error(1);console.debug(1);console.table(x);console.dir(x)',
      after:
        '_katib_push(console).info(1);_katib_push(console).warn(1);_katib_push(console).error(1);_katib_push(console).debug(1);_katib_push(console).table(x);_katib_push(console).dir(x)',
    },
    {
      name: 'space and comments',
      before: 'console\n  // c\n  .log (x)',
      after: '_katib_push(console)\n  // c\n  .log (x)',
    },
    { name: 'a computed name', before: 'console["log"](x)', after: '_katib_push(console)["log"](x)' },
    {
      name: 'brackets',
      before: '(console).log(x); (console.log)(x)',
      after: '(_katib_push(console)).log(x); (_katib_push(console).log)(x)',
    },
    {
      name: 'optional calls',
      before: 'console?.log?.(x); console.log?.(x)',
      after: '_katib_push(console)?.log?.(x); _katib_push(console).log?.(x)',
    },
    {
      name: 'the global object',
      before: 'globalThis.console.log(x)',
      after: '_katib_push(globalThis.console).log(x)',
    },
    {
      name: 'a module',
      before: 'const c = require("node:console");\nc.log(x)',
      after: 'const c = require("node:console");\n_katib_push(c).log(x)',
    },
    {
      name: 'an import',
      before: 'import c, { warn } from "console";\nc.log(x); warn(x)',
      after: 'import c, { warn } from "console";\n_katib_push(c).log(x); _katib_push(warn)(x)',
    },
    {
      name: 'awaits and yields in the arguments',
      before: 'async function* f() { console.log(await x, yield y) }',
      after: 'async function* f() { _katib_push(console).log(await x, yield y) }',
    },
    {
      name: 'within its own arguments',
      before: 'console.log(console.log(x))',
      after: '_katib_push(console).log(_katib_push(console).log(x))',
    },
    {
      name: 'an arrow, a default, a class field, a static block',
      before:
        'const f = (x, y = console.log(1)) => console.log(x); class A { z = console.log(2); static { console.log(3) } }',
      after:
        'const f = (x, y = _katib_push(console).log(1)) => _katib_push(console).log(x); class A { z = _katib_push(console).log(2); static { _katib_push(console).log(3) } }',
    },
    {
      name: 'after keywords',
      before: 'if (x) console.log(1); else void console.log(2)\nfor (;;) console.log(3)',
      after:
        'if (x) _katib_push(console).log(1); else void _katib_push(console).log(2)\nfor (;;) _katib_push(console).log(3)',
    },
    {
      name: 'lines without semicolons',
      before: 'let a = 1\nconsole.log(a)\nconsole.log(a)',
      after: 'let a = 1\n_katib_push(console).log(a)\n_katib_push(console).log(a)',
    },
    {
      name: 'a tagged template',
      before: 'console.log`a=${b}`; const { log } = console; log`a=1`',
      after: '_katib_push(console).log`a=${b}`; const { log } = console; _katib_push(log)`a=1`',
    },
    {
      name: 'within a template literal',
      before: '`${console.log(x)}`',
      after: '`${_katib_push(console).log(x)}`',
    },
    {
      name: 'JSX',
      before: 'const a = <b onClick={() => console.log(x)}>console.log(x)</b>',
      after: 'const a = <b onClick={() => _katib_push(console).log(x)}>console.log(x)</b>',
    },
    {
      name: 'TypeScript',
      before: 'const f = (x: number): void => (console as any).log(x!);\nconsole!.log(<any>f)',
      after:
        'const f = (x: number): void => (_katib_push(console as any)).log(x!);\n_katib_push(console!).log(<any>f)',
    },
    {
      name: 'a made console',
      before: 'const { Console } = require("console");\nconst c = new Console(process.stderr);\nc.log(x)',
      after:
        'const { Console } = require("console");\nconst c = new Console(process.stderr);\n_katib_push(c).log(x)',
    },
    {
      name: 'wide characters in front',
      before: 'x = "😀é"; console.log(x)',
      after: 'x = "😀é"; _katib_push(console).log(x)',
    },
    { name: 'a parameter of that name', before: 'function f(console) { console.log(x) }' },
    { name: 'a variable of that name', before: 'const console = { log() {} };\nconsole.log(x)' },
    { name: 'an import of that name', before: 'import console from "./console.js";\nconsole.log(x)' },
    { name: 'a caught name', before: 'try { f() } catch (console) { console.log(x) }' },
    {
      name: 'a method that prints nothing',
      before: 'console.time("x"); console.clear(); console.groupEnd()',
    },
    {
      name: 'strings, comments, keys',
      before:
        '// console.log(x)\nconst a = { log: 1, "console.log": 2 }; f("console.log(x)", /console.log(x)/)',
    },
    { name: 'a call stack', before: 'console.trace("a=1")' },
    {
      name: 'other objects',
      before: 'Math.log(x); db.log(y); toast.error("x"); res.write("x"); assert.info',
    },
  ],
  values: [
    {
      name: 'passed on',
      before: 'xs.forEach(console.log); p.then(console.log, console.error)',
      after:
        'xs.forEach(_katib_push(console.log,1)); p.then(_katib_push(console.log,1), _katib_push(console.error,1))',
    },
    {
      name: 'stored',
      before: 'this.out = console.log; const o = { log: console.log }',
      after: 'this.out = _katib_push(console.log,1); const o = { log: _katib_push(console.log,1) }',
    },
    {
      name: 'borrowed',
      before: 'console.log.apply(console, xs); f(console.log.bind(console))',
      after: '_katib_push(console.log,1).apply(console, xs); f(_katib_push(console.log,1).bind(console))',
    },
    {
      name: 'exported',
      before: 'export const log = console.log; export default console.log',
      after: 'export const log = _katib_push(console.log,1); export default _katib_push(console.log,1)',
    },
    {
      name: 'chosen',
      before: 'const log = quiet ? noop : console.log; x = y || console.log',
      after: 'const log = quiet ? noop : _katib_push(console.log,1); x = y || _katib_push(console.log,1)',
    },
    {
      name: 'a parameter’s default',
      before: 'function f(log = console.log) { log(x) }',
      after: 'function f(log = _katib_push(console.log,1)) { log(x) }',
    },
    {
      name: 'the last of a sequence',
      before: '(0, console.log)(x)',
      after: '(0, _katib_push(console.log,1))(x)',
    },
    {
      name: 'only looked at',
      before:
        'if (console.log) x = console.log === y; typeof console.log; console.log.name; delete console.log',
    },
    { name: 'replaced', before: 'console.log = () => {}; [console.log] = x; ({ a: console.log } = x)' },
  ],
  aliases: [
    {
      name: 'a destructuring',
      before: 'const { log, error: err } = console;\nlog(x); err(x)',
      after: 'const { log, error: err } = console;\n_katib_push(log)(x); _katib_push(err)(x)',
    },
    {
      name: 'a constant',
      before: 'const log = console.log;\nlog(x)',
      after: 'const log = console.log;\n_katib_push(log)(x)',
    },
    {
      name: 'from the global object, by a constant key',
      before: 'const { console: { info }, console: { ["warn"]: w } } = globalThis;\ninfo(x); w(x)',
      after:
        'const { console: { info }, console: { ["warn"]: w } } = globalThis;\n_katib_push(info)(x); _katib_push(w)(x)',
    },
    {
      name: 'a second name',
      before: 'const log = console.log;\nvar l = log, y;\nl(x); log(x)',
      after: 'const log = console.log;\nvar l = _katib_push(log,1), y;\nl(x); _katib_push(log)(x)',
    },
    {
      name: 'a name whose type hides it',
      before: 'const l: (s: string) => void = console.log;\nl!(x)',
      after: 'const l: (s: string) => void = _katib_push(console.log,1);\nl!(x)',
    },
    {
      name: 'a default that is not used',
      before: 'const { error: e = f } = console;\ne(x)',
      after: 'const { error: e = f } = console;\n_katib_push(e)(x)',
    },
    {
      name: 'a bound method',
      before: 'const log = console.log.bind(console);\nlog(x); xs.map(log)',
      after: 'const log = console.log.bind(console);\n_katib_push(log)(x); xs.map(_katib_push(log,1))',
    },
    {
      name: 'a bound method with arguments',
      before: 'const log = console.log.bind(console, "a=%s");\nlog(x)',
      after: 'const log = _katib_push(console.log,1).bind(console, "a=%s");\nlog(x)',
    },
    {
      name: 'a shorthand',
      before: 'const { log } = console;\nmodule.exports = { log }',
      after: 'const { log } = console;\nmodule.exports = { log:_katib_push(log,1) }',
    },
    {
      name: 'a stream',
      before: 'const { stdout } = process;\nstdout.write(x)',
      after: 'const { stdout } = process;\n_katib_push(stdout).write(x)',
    },
    {
      name: 'an imported stream',
      before: 'import { stdout as out } from "node:process";\nout.write(x)',
      after: 'import { stdout as out } from "node:process";\n_katib_push(out).write(x)',
    },
    {
      name: 'a bound write',
      before: 'const w = process.stdout.write.bind(process.stdout);\nw(x)',
      after: 'const w = process.stdout.write.bind(process.stdout);\n_katib_push(w)(x)',
    },
    {
      name: 'nested patterns',
      before: 'const { stdout: { write } } = process;\nwrite(x)',
      after: 'const { stdout: { write } } = process;\n_katib_push(write)(x)',
    },
    {
      name: 'a variable that is written to',
      before: 'let log = console.log;\nlog = f;\nlog(x)',
      after: 'let log = _katib_push(console.log,1);\nlog = f;\nlog(x)',
    },
    { name: 'another scope', before: 'const { log } = console;\nfunction f(log) { log(x) }' },
    { name: 'another object', before: 'const { log } = Math;\nlog(x)' },
  ],
  'consoles and streams that are handed on': [
    {
      name: 'what is called on them is left to the client, which reads every line',
      before: lines`
          let c;
          if (a) c = console;
          c.log(x); (b || console).log(x); f(console)
          function f({ log }) { log(x); console.log(x) }
        `,
      after: lines`
          let c;
          if (a) c = console;
          c.log(x); (b || console).log(x); f(console)
          function f({ log }) { log(x); _katib_push(console).log(x) }
        `,
    },
  ],
  streams: [
    {
      name: 'writes',
      before: 'process.stdout.write(x); process.stderr.write(x)',
      after: '_katib_push(process.stdout).write(x); _katib_push(process.stderr).write(x)',
    },
    {
      name: 'a required module',
      before: 'require("process").stdout.write(x)',
      after: '_katib_push(require("process").stdout).write(x)',
    },
    { name: 'a file', before: 'const out = fs.createWriteStream("x");\nout.write(x); out.end(x)' },
    { name: 'the last write', before: 'process.stdout.end(x)' },
    { name: 'the end alone', before: 'process.stdout.end()' },
    { name: 'a response', before: 'res.write(x)' },
  ],
  'names that are put together, known at run time, or looked up by a with statement': [
    {
      name: 'are left to the client, which reads every line',
      before: lines`
          console['lo' + 'g'](x); console[level](x); (console as any)[level](x); console?.[level]?.(x)
          process.stdout[method](x); this.logger[level](x); const print = console[level]; console.\u006cog(x)
          console.log(x)
        `,
      after: lines`
          console['lo' + 'g'](x); console[level](x); (console as any)[level](x); console?.[level]?.(x)
          process.stdout[method](x); this.logger[level](x); const print = console[level]; console.\u006cog(x)
          _katib_push(console).log(x)
        `,
    },
    {
      name: 'a with statement',
      before: 'with (console) { log(x); console.log(x) }',
      after: 'with (console) { log(x); _katib_push(console).log(x) }',
    },
  ],
  loggers: [
    {
      name: 'by name',
      before: 'logger.info(x); this.logger.warn(x); app.log.error(x); getLogger("x").debug(x)',
      after:
        '_katib_push(logger).info(x); _katib_push(this.logger).warn(x); _katib_push(app.log).error(x); _katib_push(getLogger("x")).debug(x)',
    },
    {
      name: 'by package',
      before:
        'const winston = require("winston");\nconst w = winston.createLogger({});\nw.info(x); winston.info(x)',
      after:
        'const winston = require("winston");\nconst w = winston.createLogger({});\n_katib_push(w).info(x); _katib_push(winston).info(x)',
    },
    {
      name: 'private fields',
      before: 'class A { #log; f() { this.#log.info(x) } }',
      after: 'class A { #log; f() { _katib_push(this.#log).info(x) } }',
    },
    {
      name: 'debug',
      before: 'const debug = require("debug")("app");\ndebug("a=%d", x)',
      after: 'const debug = require("debug")("app");\n_katib_push(debug)("a=%d", x)',
    },
    {
      name: 'optional',
      before: 'this.logger?.info(x); a?.logger?.info(x)',
      after: '_katib_push(this.logger)?.info(x); _katib_push(a?.logger)?.info(x)',
    },
    { name: 'a chain that must stay one', before: 'a?.logger.info(x)' },
    { name: 'the parent’s method', before: 'class A extends Logger { f() { super.log(x) } }' },
    { name: 'pino', before: 'const pino = require("pino");\nconst l = pino();\nl.info(x)' },
    { name: 'no logger', before: 'dialog.info(x); blog.error(x); notify.warn(x)' },
  ],
  'functions that become text': [
    {
      name: 'a worker',
      before: 'function work() { console.log(x) }\nnew Worker(`(${work})()`, { eval: true })',
    },
    { name: 'a page', before: 'await page.evaluate(() => console.log(x))' },
    { name: 'toString', before: 'const f = () => console.log(x);\nsend(f.toString())' },
    {
      name: 'another function',
      before: 'function f() { console.log(x) }\nf(`${g}`)',
      after: 'function f() { _katib_push(console).log(x) }\nf(`${g}`)',
    },
  ],
};
