import {
  concatenate,
  fact,
  hole,
  holeNamed,
  joinWith,
  knownText,
  literal,
  type TemplatePart,
} from '@katib-push/core';
import type { Call } from '../../names/call.ts';
import { originOf } from '../../names/origin.ts';
import type { Script } from '../../syntax/script.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { typeOf } from '../../templates/hole-type.ts';
import { renderPrint } from '../../templates/print.ts';
import { renderText } from '../../templates/render.ts';
import type { SinkFamily } from '../sink.ts';
import { streamOf } from './print.ts';

const BAR = /(?:^|\.)(?:tqdm|trange|tqdm_notebook|auto\.tqdm)$/;

/** tqdm: what its bars show beside the progress, and `tqdm.write`. */
export const progressBar: SinkFamily = {
  names: ['set_postfix', 'set_postfix_str', 'set_description', 'set_description_str', 'write'],
  recognize(mention) {
    const { script, receiver, call, word } = mention;
    if (!receiver || !call) return undefined;
    if (word === 'write') {
      const { path, madeBy } = originOf(script, receiver);
      const isBar =
        BAR.test(path ?? '') || BAR.test(madeBy ?? '') || /\b(?:p_?bar|progress_?bar)$/i.test(path ?? '');
      return isBar
        ? {
            sink: 'tqdm.write',
            kind: 'print',
            ...streamOf(mention),
            render: (given) => renderTqdmWrite(script, given),
          }
        : undefined;
    }
    const render = word === 'set_postfix' ? renderPostfix : renderShown;
    return { sink: `tqdm.${word}`, kind: 'print', render: (given) => render(script, given) };
  },
};

/** Texts without any of these have no bar that shows more than its progress before its setters do. */
const SHOWS = /\b(?:desc|postfix)\s*=/;
const SHOWS_LATER = /\brefresh\s*=\s*False\b/;
const showsLater = fact(({ text }: Script) => SHOWS_LATER.test(text));

/**
 * A bar that shows a text from its beginning. One that is set with `refresh=False` shows it when it draws itself: that
 * goes on with the line that its beginning has marked.
 */
export const newBar: SinkFamily = {
  names: ['tqdm', 'trange', 'tqdm_notebook'],
  recognize({ script, path, call, written }) {
    if (!call || !BAR.test(path ?? '')) return undefined;
    const later = showsLater(script);
    if (!later && !SHOWS.test(written ?? '')) return undefined;
    const render = (given: Call) => renderBar(script, given, later);
    return { sink: 'tqdm', kind: 'print', render };
  },
};

function renderBar(script: Script, call: Call, later: boolean): readonly TemplatePart[] {
  const text = call.keywords.get('desc');
  const postfix = call.keywords.get('postfix');
  return concatenate(
    text ? concatenate(renderText(script, text), literal(': ')) : [],
    postfix ? renderPostfix(script, { positional: [postfix], keywords: new Map(), openKeywords: false }) : [],
    later ? holeNamed('what is set later', 'string') : [],
    literal('\n'),
  );
}

function renderTqdmWrite(script: Script, call: Call): readonly TemplatePart[] {
  return renderPrint(script, { ...call, positional: call.positional.slice(0, 1) });
}

/** `set_postfix({"loss": l}, acc=a)` shows `loss=…, acc=…`: first the mapping, then the keywords in alphabetical order. */
function renderPostfix(script: Script, call: Call): readonly TemplatePart[] {
  if (call.openKeywords) return holeNamed('…');
  const first = call.positional[0] ?? call.keywords.get('ordered_dict');
  const mapping = first ? pairsOf(script, first) : [];
  if (!mapping) return hole(script, first as Syntax, 'unknown');
  const keywords = [...call.keywords]
    .filter(([name]) => name !== 'refresh' && name !== 'ordered_dict')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const items = [...mapping, ...keywords.map(([name, value]) => [literal(name), value] as const)];
  return joinWith(
    literal(', '),
    items.map(([name, value]) => concatenate(name, literal('='), renderValue(script, value))),
  );
}

function pairsOf(
  script: Script,
  mapping: Syntax,
): readonly (readonly [readonly TemplatePart[], Syntax])[] | undefined {
  if (mapping.type === 'dictionary' && mapping.parts.every((part) => part.type === 'pair'))
    return mapping.parts.flatMap(({ parts: [key, value] }) =>
      key && value ? [[renderText(script, key), value] as const] : [],
    );
  if (mapping.type === 'call' && /^dict\b/.test(script.text.slice(mapping.from, mapping.from + 5))) {
    const items = mapping.field('arguments')?.parts ?? [];
    if (items.every((item) => item.type === 'keyword_argument'))
      return items.flatMap(({ parts: [key, value] }) =>
        key && value ? [[literal(script.text.slice(key.from, key.to)), value] as const] : [],
      );
  }
  return undefined;
}

/** Numbers are shortened to three digits, everything else is shown as text without space around it. */
function renderValue(script: Script, value: Syntax): readonly TemplatePart[] {
  const type = typeOf(script, value);
  if (type === 'integer' || type === 'number') return hole(script, value, 'number');
  const parts = renderText(script, value);
  const known = knownText(parts);
  return known === undefined ? parts : literal(known.trim());
}

/** `set_description("epoch 1")` shows `epoch 1: ` in front of the bar, `set_postfix_str` its text behind it. */
function renderShown(script: Script, call: Call): readonly TemplatePart[] {
  const value = call.positional[0] ?? call.keywords.get('desc') ?? call.keywords.get('s');
  return value ? renderText(script, value) : [];
}
