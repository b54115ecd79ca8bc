import { describe, expect, test } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { editsOf, javascript, rewrite, withDocument } from './javascript.ts';

describe('texts that are left alone', () => {
  test.each([
    ['const x = ;', 'syntax-error', 'this is not valid JavaScript (Unexpected token): ;', 10],
    [
      '"use strict"; with (console) log(1)',
      'syntax-error',
      "this is not valid JavaScript ('with' in strict mode): with (console) log(1)",
      14,
    ],
    [
      'let a; let a',
      'syntax-error',
      "this is not valid JavaScript (Identifier 'a' has already been declared): a",
      11,
    ],
    ['const a: number = ;', 'syntax-error', 'this is not valid JavaScript (Unexpected token): ;', 18],
    ['\x7fELF\0\0console.log(1)', 'binary', 'this is not text: it holds NUL bytes', 4],
    [
      `${'['.repeat(200_000)}`,
      'syntax-error',
      'this is not valid JavaScript (this is nested too deep to be parsed)',
      0,
    ],
  ])('%.30j', (text, code, message, from) => {
    const document = javascript.parse(text, { opaque: [] });
    expect({ code: document.problem?.code, from: document.problem?.range.from }).toEqual({ code, from });
    expect(document.problem?.message.startsWith(message)).toBe(true);
    expect(document.statements()).toEqual([]);
    document.dispose();
  });

  test.each([
    '',
    '#!/usr/bin/env node',
    'return 1',
    'await x',
    'with (a) b',
    'var await; 010',
    'a\u2028"\u2028"',
    '<b/>',
    'let x!: number',
    '@d class A {}',
    'using x = y',
  ])('%j is a program', (text) => expect(javascript.parse(text, { opaque: [] }).problem).toBeUndefined());
});

describe('what a text is run as', () => {
  const node = { command: 'node', flags: [] };
  const module = { command: 'node', flags: ['--input-type=module', '-e'] };
  test.each([
    ['with (a) b', { name: 'node -e', interpreter: module }, false],
    ['with (a) b', { name: 'node -e', interpreter: node }, true],
    ['x = 010', { name: 'a.mjs' }, false],
    ['return', { name: 'a.mjs' }, false],
    ['let x: number', { name: 'a.mts' }, true],
    ['import a from "a"', { name: 'a.cjs', interpreter: node }, false],
    ['await x', { name: 'a.cjs', interpreter: node }, false],
    ['return', { name: 'a.cjs', interpreter: node }, true],
    ['import a from "a"', { name: 'a.cjs', interpreter: { command: 'tsx', flags: [] } }, true],
    ['import a from "a"', { name: 'a.cjs', interpreter: { command: 'node', flags: ['--import=tsx'] } }, true],
    [
      'import a from "a"',
      { name: 'stdin', interpreter: { command: 'node', flags: ['--input-type=commonjs'] } },
      false,
    ],
    ['import a from "a"', { name: 'a.js', interpreter: node }, true],
    ['with (a) b', { name: 'a.js', interpreter: module }, true],
  ])('%s in %j', (text, given, parses) => {
    expect(javascript.parse(text, { opaque: [], ...given }).problem === undefined).toBe(parses);
  });
});

describe('line endings, marks and characters', () => {
  const text = '// é 😀\nconst name = "\u2028";\nconsole.log(`loss=${name}`);\n';
  test.each([
    ['LF', text],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['a BOM', `\uFEFF${text}`],
  ])('%s', (_, variant) => {
    const after = rewrite(variant, 'env');
    expect(after.replace(/function _katib_push.*?\(\);/, '').replace('_katib_push(console)', 'console')).toBe(
      variant,
    );
    expect(after.split('\n')).toHaveLength(variant.split('\n').length);
  });
});

describe('files that may be loaded', () => {
  test.each([
    ['import a from "./a.js"', ['a.js', 'a.ts', 'a.tsx']],
    ['export * from "../b.mjs"', ['../b.mjs', '../b.mts']],
    ['require("./c.cjs"); await import("./d.json"); import "./e.ts"', ['c.cjs', 'c.cts', 'e.ts']],
    [
      'new Worker(new URL("./w.js", import.meta.url)); fork("child.js")',
      ['w.js', 'w.ts', 'w.tsx', 'child.js', 'child.ts', 'child.tsx'],
    ],
    ['require("fs"); import x from "lodash/x.js"', []],
  ])('%s', (text, files) => {
    const found = withDocument(text, (document) => document.modules());
    expect(found.filter((file) => files.includes(file))).toEqual(files);
    if (files.length === 0) expect(found).toEqual([]);
  });

  test('a folder or a name without an ending', () => {
    const found = withDocument('require("./lib")', (document) => document.modules());
    expect(found).toContain('lib.js');
    expect(found).toContain('lib/index.js');
  });
});

describe('nothing is said to show that may not', () => {
  test.each([
    ['console.log("loss=1")', undefined],
    ['console.log = () => {}; console.log("loss=1")', 'the script replaces console.log'],
    ['console.log === f; console.info("loss=1")', undefined],
    ['process.stdout.write = (x) => f(x); console.log("loss=1")', 'the script replaces process.stdout.write'],
    ['process.stdout.write = (x) => f(x); console.error("loss=1")', undefined],
    [
      'const { Console } = require("console"); const c = new Console(file); c.log("loss=1")',
      'a console of the script writes to a stream of its own',
    ],
    [
      'const { Console } = require("console"); const c = new Console(process.stdout); c.log("loss=1")',
      undefined,
    ],
    [
      'const debug = require("debug")("app"); debug("loss=1")',
      'the package debug shows only what the variable DEBUG names',
    ],
    ['const logger = { info() {} }; logger.info("loss=1")', "logger is the script's own"],
    ['class L { info() {} }\nconst logger = new L(); logger.info("loss=1")', "logger is the script's own"],
    ['class L extends M {}\nconst logger = new L(); logger.info("loss=1")', undefined],
    [
      'const w = require("winston"); const l = w.createLogger(); l.info("loss=1")',
      'winston is given no console',
    ],
    [
      'const w = require("winston"); const l = w.createLogger({ level: "error", transports: [new w.transports.Console()] }); l.info("loss=1")',
      'some level is above info',
    ],
    [
      'const w = require("winston"); const l = w.createLogger({ level: process.env.L, transports: [new w.transports.Console()] }); l.info("loss=1")',
      'the level of the logger is known only at run time',
    ],
    [
      'const w = require("winston"); const l = w.createLogger({ transports: [new w.transports.Console()] }); l.debug("loss=1")',
      'winston shows no debug by itself',
    ],
    [
      'const w = require("winston"); const l = w.createLogger({ transports: [new w.transports.Console()] }); l.info("loss=1")',
      undefined,
    ],
    ['const l = require("log4js").getLogger(); l.info("loss=1")', 'log4js shows nothing by itself'],
    ['const l = require("log4js").getLogger(); l.level = "debug"; l.info("loss=1")', undefined],
    ['const l = require("loglevel"); l.info("loss=1")', 'loglevel shows nothing below warnings by itself'],
    ['const l = require("loglevel"); l.setLevel("info"); l.info("loss=1")', undefined],
    ['const l = require("consola"); l.silent = true; l.info("loss=1")', 'a logger is silent'],
  ])('%s', (text, doubt) => {
    expect(withDocument(text, (document) => document.statements().at(-1)?.doubtful?.())).toBe(doubt);
  });

  test('nor behind a statement that is wrapped', () => {
    const text = 'console.log(1)\nclass L { info() {} }\nconst logger = new L(); logger.info("loss=1")';
    const doubt = withDocument(text, (document) => {
      const after = document.edit(editsOf(document, 'env')).document;
      return after.statements().at(-1)?.doubtful?.();
    });
    expect(doubt).toBe("logger is the script's own");
  });
});

describe('output that is not read', () => {
  test.each([
    ['fs.writeSync(1, x)', ['fs.writeSync']],
    ['import { writeSync } from "fs"; writeSync(process.stdout.fd, x)', ['fs.writeSync']],
    [
      'fs.writeFileSync("/dev/stdout", x); fs.writeFileSync("x", y); fs.writeSync(fd, x)',
      ['fs.writeFileSync'],
    ],
    [
      'const { spawn } = require("child_process"); spawn("a", [], { stdio: "inherit" }); spawn("b")',
      ['child_process.spawn'],
    ],
    [
      'const { spawn: start } = require("child_process"); start("a", [], { stdio: "inherit" }); start("b")',
      ['child_process.spawn'],
    ],
    [
      'import { execSync as run } from "node:child_process"; const how = { stdio: "inherit" }; run("a", how); run("b", {})',
      ['child_process.execSync'],
    ],
    ['eval("console.log(1)"); eval("1 + 1"); new Function("console.log(1)")', ['eval', 'Function']],
    [
      'const { Worker } = require("worker_threads"); new Worker("code", { eval: true }); new Worker("./w.js")',
      ['worker_threads.Worker'],
    ],
  ])('%s', (text, sinks) => {
    expect(withDocument(text, (document) => document.unreadable().map(({ sink }) => sink))).toEqual(sinks);
  });
});

describe('places where a console or a stream gets away', () => {
  test.each([
    ['f(console); f(process.stdout); this.out = console', ['console', 'process.stdout', 'console']],
    ['g(x, { out: process.stderr, console })', ['process.stderr', 'console']],
    ['stream.pipe(process.stdout); stream.pipe(file)', ['process.stdout']],
    [
      'new Console(process.stdout); createInterface({ output: process.stdout })',
      ['process.stdout', 'process.stdout'],
    ],
    ['const c = console; let d; d = process.stdout', ['console', 'process.stdout']],
    [
      'import console from "console"; export const e = console; export default console; export { console as c }',
      ['console', 'console', 'console'],
    ],
    ['const { stdout: out } = process', ['out']],
    ['const { stdout: out = null, stderr } = process; f(stderr)', ['out', 'stderr']],
    ['import { stdout as out, stderr } from "process"; stderr.write(x)', ['out']],
    ['import c from "console"; import console from "console"', ['c']],
    ['const c = require("console"); require("node:console").log(x)', ['require("console")']],
    [
      'const o = { ...console }; const xs = [console, ...process.stdout]',
      ['console', 'console', 'process.stdout'],
    ],
    ['const { [k]: m } = console; const { warn, ...rest } = console', ['console', 'console']],
    [
      'f(process); const p = require("process"); this.p = process',
      ['process', 'require("process")', 'process'],
    ],
    ['const { argv, exit } = process; process.exit(argv[2]); process.on("exit", f)', []],
    ['import process, { exit } from "node:process"; import { spawn } from "child_process"', []],
    [
      'const get = () => console; function* f() { yield console; return console }',
      ['console', 'console', 'console'],
    ],
    [
      'const f = (out = process.stdout) => out.write(x); class A { out = console }',
      ['process.stdout', 'console'],
    ],
    [
      '(a ? console : b).log(x); (b || console).log(x); (0, console).log(x)',
      ['console', 'console', 'console'],
    ],
    ['new Proxy(console, {}); Object.assign(console, y)', ['console', 'console']],
    ['f(console as any); f(console!)', ['console', 'console']],
    ['console.log(x); console["log"](x); console?.log(x); process.stdout.write(x)', []],
    [
      "console['lo' + 'g'](x); console[level](x); console?.[level]?.(x); const print = globalThis.console[a[0]]",
      ["console['lo' + 'g']", 'console[level]', 'console?.[level]', 'globalThis.console[a[0]]'],
    ],
    ['console\n  // which of them\n  [level](x)', ['console\n  // which of them\n  [level]']],
    ['process.stderr[method](x); this.logger[level](x)', ['process.stderr[method]', 'this.logger[level]']],
    [
      'console.\\u006cog(x); console["\\x6cog"](x); \\u0063onsole.log(x)',
      ['console.\\u006cog', 'console["\\x6cog"]'],
    ],
    ['with (console) log(x); with (process) stdout.write(x); with (Math) log(x)', ['console', 'process']],
    ['xs[i](x); catalog[i](x); x = logger[level]; f(function (console) { console[level](x) })', []],
    ['console[`warn`](x)', ['console[`warn`]']],
    ['console[level] = f; delete console[level]; if (console[level]) f()', []],
    ['f("console[level](x)", "\\u006cog"); // console[level](x)', []],
    ['const { log } = console; let warn; ({ warn } = console)', []],
    ['console.log.call(console, x); const log = console.log.bind(console)', []],
    ['console; typeof console; if (process.stdout) f(); x === process.stdout; inspect(console)', []],
    ['function f(console, stdout) { g(console); h(stdout) } g("console"); // f(console)', []],
    ['import console from "./console.js"; f(console)', []],
  ])('%s', (text, expected) => {
    const places = withDocument(text, (document) => document.escapes?.() ?? []);
    expect(places.map(({ from, to }) => text.slice(from, to))).toEqual(expected);
  });
});

test('a script that reports by itself', () => {
  const own = (text: string) => withDocument(text, (document) => document.reportsItself() !== undefined);
  expect(own('client.ReportObservationLog({}, done)')).toBe(true);
  expect(own('import { reportMetrics } from "./katib.js"; reportMetrics({ loss })')).toBe(true);
  expect(own('reportMetrics({ loss })')).toBe(false);
  expect(own('import { reportMetrics as r } from "@katib-push/client"; r({ loss })')).toBe(true);
  expect(own('const { reportMetrics: r } = require("@katib-push/client"); r({ loss })')).toBe(true);
  expect(own('const k = require("@katib-push/client"); k.reportMetrics({ loss })')).toBe(true);
  expect(own('const k = require("@katib-push/client"); const r = k.reportMetrics; r({ loss })')).toBe(true);
  expect(own('const k = require("./other"); k.reportMetrics({ loss }) // katib')).toBe(false);
});

test('suppressions that nothing uses', () => {
  const text =
    'f(); // katib-push: ignore a\nconsole.log(1); // katib-push: ignore b\n"// katib-push: ignore c"';
  const unused = withDocument(text, (document) => document.unusedSuppressions());
  expect(unused.map(({ from, to }) => text.slice(from, to))).toEqual(['// katib-push: ignore a']);
});

test('suppressions of output that can not be read, and of streams that get away', () => {
  const text = lines`
      const { spawn } = require("child_process"); const { printOnce } = require("./helpers");
      spawn(a, { stdio: "inherit" });
      spawn(b, { stdio: "inherit" }); // katib-push: ignore a
      printOnce(x); // katib-push: ignore b
      start(process.stdout);
      start(process.stderr); // katib-push: ignore c
    `;
  withDocument(text, (document) => {
    expect(document.unusedSuppressions()).toEqual([]);
    expect(document.unreadable()).toHaveLength(1);
    expect(document.escapes?.()).toHaveLength(1);
    expect(document.nearMisses?.()).toEqual([]);
  });
});

describe('the stream that a statement writes to', () => {
  test.each([
    ['console.log(1)', 'stdout'],
    ['console.warn(1)', 'stderr'],
    ['process.stderr.write(x)', 'stderr'],
    ['f(console.error)', 'stderr'],
    ['new (require("console").Console)(s).log(1)', undefined],
    ['logger.info(1)', undefined],
    ['const d = require("debug")("x"); d(1)', 'stderr'],
  ])('%s', (text, stream) => {
    expect(withDocument(text, (document) => document.statements()[0]?.stream)).toBe(stream);
  });
});

describe('what people may take for output that is read', () => {
  test.each([
    ['const { log } = require("./helpers"); log(`loss=${x}`)', ['wrapper log']],
    ['import * as out from "../out.js"; out.printMetrics("loss=1")', ['wrapper out.printMetrics']],
    ['import { writeLog as w, logOnce } from "./a"; logOnce("loss=1")', ['wrapper logOnce']],
    ['Math.log(loss); console.log("loss=1"); function log(x) {} log("loss=1")', []],
    ['import { log } from "pino"; log("loss=1")', []],
    ['const tf = require("@tensorflow/tfjs-node"); model.fit(x, y)', ['library model.fit']],
    [
      'import * as tf from "@tensorflow/tfjs-node"; w.summaryWriter.scalar("loss", 1, 2)',
      ['tracker w.summaryWriter.scalar'],
    ],
    ['import wandb from "@wandb/sdk"; wandb.log({ loss })', ['tracker wandb.log']],
    ['import { fit } from "curves"; line.fit(x); Math.log(loss)', []],
  ])('%s', (text, found) => {
    withDocument(text, (document) =>
      expect(document.nearMisses?.().map(({ kind, sink }) => `${kind} ${sink}`)).toEqual(found),
    );
  });
});
