import { describe, expect, test } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { showStatements, showTemplate, withDocument } from './r.ts';

describe('output statements', () => {
  test.each([
    ['cat(x)', ['cat(x) [cat, stdout]']],
    ['base::print(x)', ['base::print(x) [print, stdout]']],
    ['if (a) print(1) else cat("b")', ['print(1) [print, stdout]', 'cat("b") [cat, stdout]']],
    ['x %>% print()', ['x %>% print() [print, stdout]']],
    ['cat(x, file = stderr())', ['cat(x, file = stderr()) [cat, stderr]']],
    ['cat(x, file = con)', ['cat(x, file = con) [cat]']],
    ['writeLines(x, con)', ['writeLines(x, con) [writeLines]']],
    ['lapply(xs, print)', ['print [print, value]']],
    ['log <- message', ['message [message, value]']],
    ['logger::log_info("a")', ['logger::log_info("a") [log_info, stderr]']],
    ['lg$warn("a=%f", a)', ['lg$warn("a=%f", a) [warn, stdout]']],
    ['paste("a", b)\nf(paste("a", b))', ['paste("a", b) [auto-print, stdout]']],
    ['x$loss', ['x$loss [auto-print, stdout]']],
    ['cat(x) # katib-push: ignore why', ['cat(x) [cat, stdout, suppressed: why]']],
    ['# katib-push: ignore why\ncat(x)', ['cat(x) [cat, stdout, suppressed: why]']],
  ])('%s', (text, shown) => expect(showStatements(text)).toEqual(shown));
});

describe('no output', () => {
  test.each([
    'cat(x, file = "log.txt")',
    'writeLines(x, file("log.txt"))',
    'write(x, "log.txt")',
    'capture.output(print(x))',
    'suppressMessages(message(x))',
    'quote(print(x))',
    'print <- function(x) x\nprint(1)',
    'f <- function(cat) cat(1)',
    'f(print = 1, cat = 2)',
    '"print(x)" -> s\n# cat(x)',
    'x$print(1)',
    'model$info(1)',
    'x <- paste("a", b)\nfit <- train(x)\nprintf <- 1',
    'train(x)',
  ])('%s', (text) => expect(showStatements(text)).toEqual([]));
});

test('templates of loggers', () => {
  const shown = (text: string) =>
    withDocument(text, (document) => showTemplate(document.statements()[0]?.template?.()));
  expect(shown('log_info("loss={loss} {{x}}")')).toBe('loss=‹loss:unknown› {x}\n');
  expect(shown('log_info("loss={f(list(a = 1)[[{2}]])}")')).toBe('loss=‹f(list(a = 1)[[{2}]]):unknown›\n');
  expect(shown('log_level(INFO, "a={a}")')).toBe('a=‹a:unknown›\n');
  expect(shown('flog.info("loss=%f", x)')).toBe('loss=‹x:number›\n');
  expect(shown('cli::cli_text("loss={loss}")')).toBe('loss=‹loss:unknown›\n');
  expect(shown('glue::glue("loss={loss}", " x={x}")')).toBe('loss=‹loss:unknown› x=‹x:unknown›\n');
});

test('files that a script loads', () => {
  const modules = (text: string) => withDocument(text, (document) => document.modules());
  expect(
    modules(lines`
    source("./helper.R")
    source(file = "lib/a.R")
    source(path)
    source("/opt/x.R")
  `),
  ).toEqual(['helper.R', 'lib/a.R']);
});

test('output that is not R’s own', () => {
  const found = (text: string) =>
    withDocument(text, (document) => document.unreadable().map(({ sink, reason }) => `${sink}: ${reason}`));
  expect(found('system("echo loss=1")\nsystem2("x", stdout = TRUE)\nSystem("x")')).toEqual([
    'system: the output of another process',
  ]);
});

test('what reports by itself', () => {
  const found = (text: string) => withDocument(text, (document) => document.reportsItself());
  const text = 'katib <- import("kubeflow.katib")\nkatib$report_metrics(list(loss = "1"))';
  expect(found(text)).toEqual({ from: 34, to: text.length });
  expect(found('report_metrics(1)')).toBeUndefined();
});

test.each([
  ['cat("loss=1")', undefined],
  ['sink("log.txt")\ncat("loss=1")', 'sink() sends output elsewhere'],
  ['sink()\ncat("loss=1")', undefined],
  ['sink("log.txt")\nmessage("loss=1")', undefined],
  ['log_debug("loss=1")', 'loggers show neither DEBUG nor TRACE by themselves'],
  ['log_threshold(DEBUG)\nlog_debug("loss=1")', undefined],
  ['log_info("loss=1")', undefined],
])('nothing is said to show that may not: %s', (text, doubt) => {
  expect(withDocument(text, (document) => document.statements().at(-1)?.doubtful?.())).toBe(doubt);
});

describe('a text that is not R', () => {
  test.each([
    ['cat("a"', '")" is missing here'],
    ['x <- function( {', 'this is not valid R: <- function( {'],
    ['cat(1)\0', 'this is not text: it holds NUL bytes'],
  ])('%j', (text, message) => {
    expect(withDocument(text, (document) => document.problem?.message)).toBe(message);
    expect(withDocument(text, (document) => document.statements())).toEqual([]);
  });
});
