import { originOf } from '../../names/origin.ts';
import { resolveName } from '../../names/resolve.ts';
import { type Script, textOf, withoutParentheses } from '../../syntax/script.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { renderJson } from '../../templates/json-dumps.ts';
import { holeNamed } from '../../templates/parts.ts';
import { readCall } from '../mention.ts';
import type { Mention, SinkFamily } from '../sink.ts';
import { isWithinWrite } from './own-stream.ts';
import { renderLines, renderWrite, streamNamed } from './stream.ts';

/** What people call a stream that they were given: `out`, `self.stderr`, `log_stream`. */
const LOOKS_LIKE_STREAM = /^_*(?:\w+_)?(?:stream|out|output|stdout|stderr|err|log|console)$/i;

/**
 * A stream that was passed or stored. What the text tells to be anything else (an opened file, a buffer, an object of
 * some class) isn't one.
 *
 *     def log(x, stream=sys.stdout): stream.write(x)
 *     for s in (sys.stdout, sys.stderr): s.write(x)
 *     self.out.write(x)
 */
export const passedStream: SinkFamily = {
  names: ['write', 'writelines'],
  recognize({ script, receiver, call, word }) {
    if (!receiver || !call || !mayBeStream(script, receiver) || isWithinWrite(script, receiver))
      return undefined;
    const render = word === 'write' ? renderWrite : renderLines;
    return { sink: `*.${word}`, kind: 'print', render: (given) => render(script, given) };
  },
};

function mayBeStream(script: Script, receiver: Syntax): boolean {
  const at = withoutParentheses(receiver);
  if (CHOICE.test(at.type)) return holdsStream(script, at);
  if (at.type === 'subscript' && isAmongStreams(script, at.field('value'))) return true;
  if (at.type === 'subscript' || at.type === 'call') return script.handsStreamOn() && isOpen(script, at);
  if (at.type !== 'identifier' && at.type !== 'attribute') return false;
  const written = textOf(script, at).replace(/[\s\\]+/g, '');
  const [head = ''] = written.split('.', 1);
  if (script.paths().has(head) || originOf(script, at).madeBy !== undefined) return false;
  const bindings = at.type === 'identifier' ? (resolveName(script, at)?.bindings ?? []) : [];
  const isOther = bindings.some(
    ({ kind, value }) => kind === 'with' || (value && originOf(script, value).madeBy !== undefined),
  );
  if (isOther) return false;
  if (
    !bindings.some(({ kind }) => kind === 'loop') &&
    LOOKS_LIKE_STREAM.test(written.slice(written.lastIndexOf('.') + 1))
  )
    return true;
  const isStream = bindings.some(({ kind, name, value }) => {
    if (kind === 'loop') return isAmongStreams(script, value);
    if (value && CHOICE.test(withoutParentheses(value).type)) return holdsStream(script, value);
    const owner = name.parent?.type === 'typed_parameter' ? name.parent.parent : name.parent;
    const isDefault = /default_parameter$/.test(owner?.type ?? '');
    return isDefault && namesStream(script, owner?.parts.slice(-1) ?? []);
  });
  return isStream || (script.handsStreamOn() && isOpen(script, at));
}

/** Whether an expression may be anything that the script was handed: a parameter, an attribute, what its functions return. */
function isOpen(script: Script, expression: Syntax | undefined, depth = 0): boolean {
  const at = expression && withoutParentheses(expression);
  if (!at || depth > 3) return false;
  if (at.type === 'attribute') return true;
  if (at.type === 'call') return isOwnCall(script, at);
  if (at.type === 'subscript') return isOpen(script, at.field('value'), depth + 1);
  if (at.type !== 'identifier') return DISPLAY.test(at.type) && at.parts.length === 0;
  return (resolveName(script, at)?.bindings ?? []).some(
    ({ name, value }) =>
      PARAMETER.test(name.parent?.type ?? '') || isOpen(script, value, depth + 1) || isDict(script, value),
  );
}

const PARAMETER = /^(?:(?:lambda_)?parameters|(?:typed_)?(?:default_)?parameter|list_splat_pattern)$/;

/** `dict(out=sys.stdout)` */
function isDict(script: Script, value: Syntax | undefined): boolean {
  const callee = value?.type === 'call' ? value.field('function') : undefined;
  return callee !== undefined && textOf(script, callee) === 'dict';
}

/** A call of a function or method of the script's own, which may return a stream. */
function isOwnCall(script: Script, call: Syntax): boolean {
  const callee = call.field('function');
  if (callee?.type === 'attribute') return /^(?:self|cls)\b/.test(textOf(script, callee));
  const bindings = callee?.type === 'identifier' ? (resolveName(script, callee)?.bindings ?? []) : [];
  return bindings.some(({ name }) => name.parent?.type === 'function_definition');
}

/** `file or sys.stdout`, `sys.stderr if quiet else sys.stdout`, `(out := sys.stdout)` */
const CHOICE = /^(?:boolean_operator|conditional_expression|named_expression)$/;
const DISPLAY = /^(?:list|tuple|set|dictionary)$/;
const STREAM = /(?<![\w.])(?:sys\s*\.\s*)?(?:__)?std(?:out|err)\b(?!\s*\.)/;

function holdsStream(script: Script, expression: Syntax): boolean {
  return STREAM.test(textOf(script, expression));
}

/** Whether an expression is a display that holds a stream, or a name for one. */
function isAmongStreams(script: Script, expression: Syntax | undefined): boolean {
  const at = expression && withoutParentheses(expression);
  if (!at) return false;
  if (DISPLAY.test(at.type)) return holdsStream(script, at);
  if (at.type !== 'identifier') return false;
  const bindings = resolveName(script, at)?.bindings ?? [];
  return bindings.some(
    ({ value }) => value !== undefined && DISPLAY.test(value.type) && holdsStream(script, value),
  );
}

function namesStream(script: Script, expressions: readonly Syntax[]): boolean {
  return expressions.some((expression) => streamNamed(script, expression) !== undefined);
}

/** Functions that write to a stream which they are given. */
const GIVEN_STREAM = /^(?:json|yaml|simplejson|ujson|shutil)\.(?:dump|dump_all|safe_dump|copyfileobj)$/;

/** `json.dump(d, sys.stdout)`, `shutil.copyfileobj(f, sys.stdout)` and `csv.writer(sys.stdout).writerow(…)`. */
export const givenStream: SinkFamily = {
  names: ['dump', 'dump_all', 'safe_dump', 'copyfileobj', 'writerow', 'writerows'],
  recognize(mention) {
    const { script, path, receiver, call, word, written } = mention;
    if (!call) return undefined;
    if (word.startsWith('writerow')) {
      const stream = receiver && streamOfWriter(script, receiver);
      return stream
        ? { sink: `csv.${word}`, kind: 'print', stream, render: () => holeNamed('…') }
        : undefined;
    }
    if (path === undefined || !GIVEN_STREAM.test(path) || !/\bstd|,/.test(written ?? '')) return undefined;
    const stream = streamGiven(mention);
    if (!stream) return undefined;
    return {
      sink: path,
      kind: 'print',
      stream,
      render: (given) =>
        (path === 'json.dump'
          ? renderJson(script, { ...given, positional: given.positional.slice(0, 1) })
          : undefined) ?? holeNamed('…'),
    };
  },
};

function streamGiven({ script, call }: Mention): 'stdout' | 'stderr' | undefined {
  if (!call) return undefined;
  const { positional, keywords } = call();
  return first([...positional.slice(1, 2), ...keywords.values()], (each) => streamNamed(script, each));
}

/** The stream of `csv.writer(sys.stdout)`, or of a name for it. */
function streamOfWriter(script: Script, receiver: Syntax): 'stdout' | 'stderr' | undefined {
  const at = withoutParentheses(receiver);
  if (!/^csv\.(?:w|DictW)riter$/.test(originOf(script, at).madeBy ?? '')) return undefined;
  const bindings = at.type === 'identifier' ? (resolveName(script, at)?.bindings ?? []) : [];
  const made = at.type === 'call' ? [at] : bindings.flatMap(({ value }) => value ?? []);
  return first(made, (call) => {
    const given = call.type === 'call' ? readCall(script, call).positional[0] : undefined;
    return given && streamNamed(script, given);
  });
}

function first<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
