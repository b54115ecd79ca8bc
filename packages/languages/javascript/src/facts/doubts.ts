import { fact } from '@katib-push/core';
import type { Origin } from '../names/origin.ts';
import { onlyBinding } from '../names/resolve.ts';
import { locate, type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** What the script puts something else in place of: `console.log`, `process.stdout.write`. */
const replacedIn = fact(
  ({ text }: Script): ReadonlySet<string> =>
    new Set(
      [...text.matchAll(/\b(console\.\w+|process\.std(?:out|err)\.write)\s*=(?![=>])/g)].map(
        ([, name = '']) => name,
      ),
    ),
);

/** Why what a method writes may not show, as a sentence without a full stop; `undefined` where it shows. */
export function whyReplaced(script: Script, method: string, stream?: string): string | undefined {
  const replaced = replacedIn(script);
  const found = [method, `process.${stream}.write`].find((one) => replaced.has(one));
  return found && `the script replaces ${found}`;
}

/** Why a console that the script makes may write elsewhere. */
export const whyElsewhere = fact(({ text }: Script): string | undefined => {
  const made = text.match(/\bConsole\s*\((?!\s*\))[^;]*/g) ?? [];
  return made.some((one) => !/\bstd(?:out|err)\b/.test(one))
    ? 'a console of the script writes to a stream of its own'
    : undefined;
});

/** Methods for what is below INFO, which loggers do not show by themselves. */
const BELOW_INFO = /^(?:trace|debug|verbose|silly|http)$/;

/** The methods from the least grave on, as most packages order them. */
const GRAVITY = [
  'silly',
  'trace',
  'debug',
  'verbose',
  'http',
  'log',
  'info',
  'notice',
  'warn',
  'error',
  'fatal',
];

const LEVEL_SET =
  /\blevel\s*[:=](?!=)\s*(?:["'](\w+)["'])?|\bset(?:Default)?Level\s*\(\s*(?:["'](\w+)["'])?/g;

/** What a script says of its loggers, whichever it means. */
const loggingIn = fact(({ text }: Script) => ({
  isSilent: /\bsilent\s*[:=]\s*true\b/.test(text),
  hasConsole: /\bConsole\b/.test(text),
  isConfigured: /\bconfigure\s*\(/.test(text),
  /** `undefined` for one that only the run tells. */
  levels: [...text.matchAll(LEVEL_SET)].map(([, ...levels]) => levels.find((one) => one !== undefined)),
}));

/** Why a record of a logger may not show, as a sentence without a full stop; `undefined` where it shows, as far as is known. */
export function whyUnseen(
  script: Script,
  word: string,
  { path = '', madeBy = '' }: Origin,
  receiver: Syntax | undefined,
): string | undefined {
  const { isSilent, hasConsole, isConfigured, levels } = loggingIn(script);
  const from = path || madeBy;
  if (madeBy === 'debug') return 'the package debug shows only what the variable DEBUG names';
  if (receiver && isOwn(script, receiver)) return `${textOf(script, receiver)} is the script's own`;
  if (isSilent) return 'a logger is silent';
  if (/^winston\b/.test(from) && !hasConsole) return 'winston is given no console';
  if (/^(?:winston|log4js|bunyan|loglevel|tslog|log)\b/.test(from)) {
    if (levels.includes(undefined)) return 'the level of the logger is known only at run time';
    if (levels.some((level) => GRAVITY.indexOf(level?.toLowerCase() ?? '') > gravityOf(word)))
      return `some level is above ${word}`;
  }
  if (levels.length > 0) return undefined;
  if (/^log4js\b/.test(from) && !isConfigured) return 'log4js shows nothing by itself';
  if (/^loglevel\b/.test(from) && gravityOf(word) < gravityOf('warn'))
    return 'loglevel shows nothing below warnings by itself';
  return /^(?:winston|bunyan|consola)\b/.test(from) && BELOW_INFO.test(word)
    ? `${from.split('.', 1)[0]} shows no ${word} by itself`
    : undefined;
}

function gravityOf(word: string): number {
  return GRAVITY.indexOf(word === 'warning' ? 'warn' : word);
}

/** Whether an object is written out in the script, or of a class of it that extends no other. */
function isOwn(script: Script, receiver: Syntax): boolean {
  const value = receiver.type === 'Identifier' ? onlyBinding(script, receiver)?.value : undefined;
  if (value?.type === 'ObjectExpression') return true;
  const made = value?.type === 'NewExpression' ? locate(script, value).field('callee') : undefined;
  const name = made?.word('name').replaceAll('$', '\\$');
  return name ? new RegExp(`\\bclass\\s+${name}\\s*\\{`).test(script.text) : false;
}
