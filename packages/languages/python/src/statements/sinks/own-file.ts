import { resolveName } from '../../names/resolve.ts';
import { type Script, textOf, withoutParentheses } from '../../syntax/script.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { dottedPath, readCall } from '../mention.ts';
import type { SinkFamily } from '../sink.ts';
import { renderLines, renderWrite } from './stream.ts';

/** Why such a statement stays. */
export const OWN_FILE = 'it writes to the container’s output by a file of its own';

/** Texts without any of these open no such file. */
const HINTS = /\/dev\/|\/proc\/|\bfdopen\b|\bopen[ \t]*\([ \t]*[12]\b/;
const OPENERS = /^(?:open|io\.open|codecs\.open|os\.fdopen)$/;
const OUTPUT =
  /^[rRbBuU]*["'](?:\/dev\/(?:std(?:out|err)|fd\/[12])|\/proc\/(?:self|1)\/fd\/[12])["']$|^[12]$|std(?:out|err)(?:__)?\.fileno\(|^os\.dup\([12]\)$/;

/** A file that is the output: `open("/dev/stdout", "w").write(x)`. The client does not read it. */
export const ownFile: SinkFamily = {
  names: ['write', 'writelines'],
  recognize({ script, receiver, call, word }) {
    if (!receiver || !call || !opensOutput(script, receiver)) return undefined;
    const render = word === 'write' ? renderWrite : renderLines;
    return { sink: `*.${word}`, kind: 'print', cannot: OWN_FILE, render: (given) => render(script, given) };
  },
};

/** Whether an expression is a file which the script has opened on the container's output. */
export function opensOutput(script: Script, expression: Syntax): boolean {
  if (!script.holds(HINTS)) return false;
  const at = withoutParentheses(expression);
  if (at.type === 'call') return isOpener(script, at);
  if (at.type !== 'identifier') return false;
  return (resolveName(script, at)?.bindings ?? []).some(
    ({ value }) => value?.type === 'call' && isOpener(script, value),
  );
}

function isOpener(script: Script, call: Syntax): boolean {
  const callee = call.field('function');
  const [target] =
    callee && OPENERS.test(dottedPath(script, callee) ?? '') ? readCall(script, call).positional : [];
  return target !== undefined && OUTPUT.test(textOf(script, target));
}
