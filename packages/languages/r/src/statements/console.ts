import type { Node } from 'web-tree-sitter';
import type { Call } from '../call.ts';
import type { Script } from '../script.ts';
import { joined, literal, type Parts, separated, someText } from '../templates/parts.ts';
import { renderPrinted, renderText } from '../templates/render.ts';
import { isGlue } from '../templates/text-call.ts';
import type { ReadSink, Sink } from './sink.ts';

/** What R itself offers to write with. */
export const consoleSinks: Readonly<Record<string, ReadSink>> = {
  cat: (script, call) => {
    const stream = streamOf(call.named.get('file'));
    if (stream === 'elsewhere') return undefined;
    const sep = call.named.get('sep');
    const fill = call.named.get('fill');
    const values = call.positional
      .filter(({ type }) => type !== 'null')
      .map((value) => renderText(script, value));
    const all = call.open ? [...values, someText('unknown')] : values;
    const text = separated(all, sep ? renderText(script, sep) : literal(' '));
    return printed(stream, joined(text, fill && fill.type !== 'false' ? literal('\n') : []));
  },
  print: (script, { positional: [value], named }) => {
    const shown = value ?? named.get('x');
    const quote = named.get('quote')?.type !== 'false';
    return printed('stdout', shown && printedParts(script, shown, quote));
  },
  writeLines: (script, { positional: [text, connection], named }) => {
    const stream = streamOf(named.get('con') ?? connection);
    if (stream === 'elsewhere') return undefined;
    const shown = named.get('text') ?? text;
    const sep = named.get('sep');
    const end = sep ? renderText(script, sep) : literal('\n');
    return printed(stream, shown && joined(renderText(script, shown), end));
  },
  message: (script, call) => logged(joined(glued(script, call), appended(call))),
  packageStartupMessage: (script, call) => logged(joined(glued(script, call), appended(call))),
  warning: (script, call) => logged(joined(someText(), glued(script, call), literal('\n'))),
  write: (script, { positional: [text, file], named }) => {
    const target = named.get('file') ?? file;
    const stream = target && streamOf(target);
    if (!stream || stream === 'elsewhere') return undefined;
    return printed(stream, text && joined(renderText(script, text), literal('\n')));
  },
};

/** A value at the top level of a script, which R prints by itself. */
export function autoPrinted(script: Script, value: Node): Sink {
  return printed('stdout', printedParts(script, value, true));
}

function printedParts(script: Script, value: Node, quote: boolean): Parts {
  return isGlue(value)
    ? joined(renderText(script, value), literal('\n'))
    : renderPrinted(script, value, quote);
}

function printed(stream: 'stdout' | 'stderr' | 'unknown', parts: Parts | undefined): Sink {
  return { kind: 'print', ...(stream === 'unknown' ? {} : { stream }), ...(parts ? { parts } : {}) };
}

function logged(parts: Parts): Sink {
  return { kind: 'log', stream: 'stderr', parts };
}

/** All arguments, one behind the other. */
function glued(script: Script, { positional, open }: Call): Parts {
  const values = positional.map((value) => renderText(script, value));
  return joined(...values, open ? someText('unknown') : []);
}

function appended({ named }: Call): Parts {
  return literal(named.get('appendLF')?.type === 'false' ? '' : '\n');
}

/** Where a connection leads: `stderr()`, `""`, `"log.txt"`, `con`. */
function streamOf(file: Node | undefined): 'stdout' | 'stderr' | 'elsewhere' | 'unknown' {
  const text = file?.text.replace(/^base::/, '') ?? '""';
  if (text === '""' || text === "''" || text === 'stdout()') return 'stdout';
  if (text === 'stderr()') return 'stderr';
  return file?.type === 'string' ||
    /^(?:file|gzfile|bzfile|url|textConnection|file\.path|tempfile)\(/.test(text)
    ? 'elsewhere'
    : 'unknown';
}
