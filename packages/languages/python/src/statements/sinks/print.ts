import { holeNamed, lastingFact } from '@katib-push/core';
import { whyOwnClass, whyReplaced } from '../../facts/elsewhere.ts';
import { pathsOf } from '../../names/imports.ts';
import { originOf } from '../../names/origin.ts';
import { resolveName } from '../../names/resolve.ts';
import { streamNamed } from '../../names/stream-named.ts';
import { type Script, textOf } from '../../syntax/script.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { renderPrint } from '../../templates/print.ts';
import type { Mention, Sink, SinkFamily } from '../sink.ts';

const PATHS = new Set(['print', 'builtins.print', '__builtins__.print', '__builtin__.print']);

/** What a `file=` argument is made by when it is no output stream. */
const FILES = /^(?:open|(?:io|os|gzip|bz2|lzma|codecs|tempfile)\.\w+|StringIO|.*\.open|.*StringIO)$/;

/** The built-in `print`, by its own name, as `builtins.print` or by an import's alias. A shadowed one counts: it may well print. */
export const print: SinkFamily = {
  names: ['print'],
  recognize(mention) {
    const { script, path, call, callee } = mention;
    if (path === undefined || !(PATHS.has(path) || isImportedPrint(mention, path))) return undefined;
    if (call && writesToFile(mention)) return undefined;
    // a function of the script's own, passed on, is none of our business
    if (!call && callee.type === 'identifier' && isOwnFunction(script, callee)) return undefined;
    const { stream } = streamOf(mention);
    return {
      sink: PATHS.has(path) ? 'print' : path,
      kind: 'print',
      ...(stream ? { stream } : {}),
      doubtful: () =>
        callee.type === 'identifier' && isOwnFunction(script, callee)
          ? 'print is defined by the script'
          : whyReplaced(script, stream),
      asValue: true,
      render: (given) => renderPrint(script, given),
    };
  },
};

/** `from helpers import print`: in all likelihood it prints. Those of which more is known are left to their own families. */
function isImportedPrint({ receiver }: Mention, path: string): boolean {
  return !receiver && path.endsWith('.print') && path !== 'rich.print' && !Object.hasOwn(UNREACHABLE, path);
}

/** Whether all that binds the name are definitions, parameters and patterns: `print = partial(print, flush=True)` still prints. */
function isOwnFunction(script: Script, name: Syntax): boolean {
  if (textOf(script, name) === 'print' && !isNamedApart(script)) return false;
  const bindings = resolveName(script, name)?.bindings ?? [];
  return bindings.length > 0 && bindings.every(({ name: bound }) => isOwn(bound));
}

/** Whether `print` stands anywhere else than where it is called. */
const isNamedApart = lastingFact(({ text }: Script) =>
  /\bprint\b(?:(?![ \t]*\()|(?<=\b(?:def|class)[\s\\]+print))/.test(text),
);

function isOwn({ parent }: Syntax): boolean {
  // case print:
  const isPattern = parent?.type === 'dotted_name' && parent.parent?.type === 'case_pattern';
  return isPattern || OWN.test(parent?.type ?? '');
}

const OWN =
  /^(?:function_definition|class_definition|(?:lambda_)?parameters|\w*_parameter|\w+_splat_pattern)$/;

/** The stream that `file=` names; stdout if nothing is given, absent if that can't be told. */
export function streamOf({ script, call, written }: Mention): { readonly stream?: 'stdout' | 'stderr' } {
  if (!call) return {};
  if (!written?.includes('file') && !written?.includes('**')) return { stream: 'stdout' };
  const { keywords, openKeywords } = call();
  const file = keywords.get('file');
  if (!file || file.type === 'none') return openKeywords ? {} : { stream: 'stdout' };
  const stream = streamNamed(script, file);
  return stream ? { stream } : {};
}

/** Whether `file=` is certainly something other than the output: an opened file, a buffer. */
export function writesToFile({ script, call, written }: Mention): boolean {
  if (!call || !written?.includes('file')) return false;
  const file = call().keywords.get('file');
  if (!file || file.type === 'none') return false;
  const { madeBy } = originOf(script, file);
  return madeBy !== undefined && FILES.test(madeBy);
}

/** `console.print(…)`, `accelerator.print(…)`, `self.print(…)`: a method of that name, which prints in all likelihood. */
export const printMethod: SinkFamily = {
  names: ['print', 'master_print'],
  recognize(mention): Sink | undefined {
    const { script, path, receiver, call, word } = mention;
    if (!receiver || !call || writesToFile(mention)) return undefined;
    const cannot = path === undefined ? undefined : UNREACHABLE[path];
    return {
      sink: path && pathsOf(script).has(path) ? path : `*.${word}`,
      kind: 'print',
      ...(cannot ? { cannot } : {}),
      doubtful: () => whyOwnClass(script, receiver),
      render: (given) => (given.positional.length > 0 ? renderPrint(script, given) : holeNamed('…')),
    };
  },
};

/** Methods that write after the call, or from C++ code. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  'jax.debug.print': 'jax.debug.print writes later, from a callback',
  'tensorflow.print': 'tf.print writes from C++ code, which the client does not see',
};
