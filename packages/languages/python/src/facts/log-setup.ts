import { lastingFact, once } from '@katib-push/core';
import { type Call, readCall } from '../names/call.ts';
import { dottedPath } from '../names/imports.ts';
import { resolveName } from '../names/resolve.ts';
import { callAt, calleeEndingWith } from '../syntax/call-at.ts';
import { withoutPreludes } from '../syntax/own-prelude.ts';
import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { levelNamed, readLevel } from './log-level.ts';
import { loadsQuietModules } from './quiet-modules.ts';

/** How a program shows its logs (those of the standard library), as far as its main script tells. */
export interface LogSetup {
  /** Whether something that can't be seen may have a say. */
  readonly unsure: boolean;
  /** All levels that are set anywhere; 0 for one that is known only at run time. */
  readonly levels: readonly number[];
  /** Whether a handler may write to a stream of the process. */
  readonly shows: boolean;
  /** Whether a handler writes to a file. */
  readonly files: boolean;
  /** Whether the root logger has handlers for certain, so that neither a default nor the last resort steps in. */
  readonly rootHasHandlers: boolean;
  /** Whether a function of the module logs: that gives the root logger a stream, if it has no handler. */
  readonly logsByModule: () => boolean;
}

/** Handlers that write anywhere but to a stream of the process. */
const ELSEWHERE =
  /^(?:(?:(?:Timed)?Rotating|Watched)?File|Null|SysLog|SMTP|HTTP|Socket|Datagram|NTEventLog)Handler$/;
const STREAM_FILE = /\/dev\/(?:std|fd|tty)|\/proc\//;

/** What changes logging in ways that are not looked into. */
const UNUSUAL =
  /\b(?:lastResort|setLoggerClass|addLevelName|loggerDict|fileConfig|listen)\b|\.(?:level|handlers)[ \t]*=[^=]|\.handlers\.|\bclass[ \t]+\w+[^\n:]*(?:Handler|Logger)\b/;

const SETTERS = /\b(?:basicConfig|dictConfig|setLevel)\b|Handler\b/g;
const METHODS = /\b(?:debug|info|warning|warn|error|exception|critical|fatal|log)\b/g;

/** Reads what a script says of logging. */
export const logSetupOf = lastingFact((script: Script): LogSetup => {
  const setup = {
    unsure: UNUSUAL.test(withoutPreludes(script)) || !loadsQuietModules(script),
    levels: [] as number[],
    shows: false,
    files: false,
    rootHasHandlers: false,
    logsByModule: once(() => logsByModule(script)),
  };
  for (const { index } of script.text.matchAll(SETTERS)) {
    const name = script.root.at(index);
    if (name.type !== 'identifier') continue;
    const word = textOf(script, name);
    const called = callAt(script, index);
    if (!called) {
      // handed on, to be called or made a class of its own
      if (
        !/import|dotted_name/.test(calleeEndingWith(name).parent?.type ?? '') &&
        /Handler$|Config$/.test(word)
      )
        setup.unsure = true;
      continue;
    }
    const { call } = called;
    const given = readCall(script, call);
    if (word === 'basicConfig') readBasic(script, call, given, setup);
    else if (word === 'dictConfig') readDictionary(script, given, setup);
    else if (word === 'setLevel') setup.levels.push(levelIn(script, given.positional[0]));
    else if (word.endsWith('Handler')) readHandler(script, word, call, setup);
  }
  return setup;
});

function logsByModule(script: Script): boolean {
  return Array.from(script.text.matchAll(METHODS)).some(({ 0: word, index }) => {
    const callee = callAt(script, index)?.callee;
    return callee && dottedPath(script, callee) === `logging.${word}`;
  });
}

type Setup = { -readonly [Key in keyof LogSetup]: LogSetup[Key] } & { levels: number[] };

function readBasic(script: Script, call: Syntax, { keywords, openKeywords }: Call, setup: Setup): void {
  if (openKeywords) setup.unsure = true;
  const level = keywords.get('level');
  if (level) setup.levels.push(levelIn(script, level));
  const file = keywords.get('filename');
  const handlers = keywords.get('handlers');
  if (file && /string$/.test(file.type) && !STREAM_FILE.test(textOf(script, file))) setup.files = true;
  // the handlers of a list are looked at one by one
  else if (!handlers || !/^(?:list|tuple)$/.test(handlers.type)) setup.shows = true;
  if (isCertain(call)) setup.rootHasHandlers = true;
}

/** `dictConfig({…})`: its text is looked at, and a name's one value. */
function readDictionary(script: Script, { positional: [given] }: Call, setup: Setup): void {
  const found = given && onlyValueOf(script, withoutParentheses(given));
  if (found?.type !== 'dictionary') {
    setup.unsure = true;
    return;
  }
  const text = textOf(script, found);
  const classes = [...text.matchAll(/["']class["']\s*:\s*["']([\w.]+)["']/g)].map(([, name = '']) => name);
  const count = text.match(/["']class["']/g)?.length ?? 0;
  if (/["']\(\)["']|\*\*/.test(text) || count !== classes.length || STREAM_FILE.test(text))
    setup.unsure = true;
  if (classes.some((name) => !ELSEWHERE.test(name.slice(name.lastIndexOf('.') + 1)))) setup.shows = true;
  setup.files ||= classes.length > 0;
  for (const [, level = ''] of text.matchAll(/["']level["']\s*:\s*([^,}\]]+)/g)) {
    const known = /^["']?(?:logging\.)?([A-Z]+)["']?$/.exec(level.trim())?.[1];
    setup.levels.push(levelNamed(known) ?? 0);
  }
  if (/["']root["']/.test(text)) setup.rootHasHandlers = true;
}

function readHandler(script: Script, word: string, call: Syntax, setup: Setup): void {
  if (word === 'addHandler' || word === 'removeHandler') return;
  if (!ELSEWHERE.test(word) || STREAM_FILE.test(textOf(script, call))) setup.shows = true;
  else if (word !== 'NullHandler') setup.files = true;
}

function levelIn(script: Script, given: Syntax | undefined): number {
  return (given && readLevel(script, given)) ?? 0;
}

/** What an expression stands for: a name's one value, else itself. */
export function onlyValueOf(script: Script, given: Syntax): Syntax | undefined {
  if (given.type !== 'identifier') return given;
  const bindings = resolveName(script, given)?.bindings ?? [];
  const [only] = bindings;
  return bindings.length === 1 && !changedIn(script).has(textOf(script, given)) ? only?.value : undefined;
}

/** Names of which something is looked up or changed as in a dictionary: `config["level"] = …`, `config.update(…)`. */
const changedIn = lastingFact(
  ({ text }: Script): ReadonlySet<string> =>
    new Set(
      Array.from(text.matchAll(/\b(\w+)[ \t]*(?:\[|\.(?:update|setdefault))/g), ([, name]) => name as string),
    ),
);

/** Whether a call is made whenever its function, or the module, runs: under no condition. */
export function isCertain(call: Syntax): boolean {
  for (let at = call.parent; at; at = at.parent)
    if (/^(?:if|while|for|try|match|with)_|conditional|boolean|lambda|^(?:function|class)_/.test(at.type))
      return false;
  return true;
}
