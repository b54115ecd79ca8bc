import { concatenate, holeNamed, literal, type TemplatePart } from '@katib-push/core';
import type { Call } from '../../names/call.ts';
import { originOf } from '../../names/origin.ts';
import type { Script } from '../../syntax/script.ts';
import { renderPrint } from '../../templates/print.ts';
import { renderText } from '../../templates/render.ts';
import { renderRepr } from '../../templates/repr.ts';
import type { SinkFamily } from '../sink.ts';
import { streamOf, writesToFile } from './print.ts';

/** `click.echo`, `click.secho`, and Typer's, which are the same. */
export const echo: SinkFamily = {
  names: ['echo', 'secho'],
  recognize(mention) {
    const { script, path } = mention;
    if (!path || !/^(?:click|typer)\.s?echo$/.test(path) || writesToFile(mention)) return undefined;
    const { stream } = /\berr\b/.test(mention.written ?? '') ? {} : streamOf(mention);
    return {
      sink: path,
      kind: 'print',
      ...(stream ? { stream } : {}),
      asValue: true,
      render: (call) => renderEcho(script, call),
    };
  },
};

/** `pprint.pprint` and `pprint.pp`: the `repr` of a value, long ones over several lines. */
export const pretty: SinkFamily = {
  names: ['pprint', 'pp'],
  recognize({ script, path, call }) {
    if (!call || (path !== 'pprint.pprint' && path !== 'pprint.pp' && path !== 'rich.pretty.pprint'))
      return undefined;
    const render = (given: Call) => concatenate(renderFirst(script, given, renderRepr), literal('\n'));
    return { sink: path, kind: 'print', render };
  },
};

/** rich: its `print`, and `print` and `log` of a console. */
export const rich: SinkFamily = {
  names: ['print', 'log'],
  recognize(mention) {
    const { script, path, receiver, call, word } = mention;
    const render = (given: Call) => withoutMarkup(renderPrint(script, given));
    if (path === 'rich.print')
      return writesToFile(mention)
        ? undefined
        : { sink: path, kind: 'print', ...streamOf(mention), asValue: true, render };
    if (!receiver || !call) return undefined;
    const origin = originOf(script, receiver);
    const isConsole = /(?:^|\.)(?:Console|get_console)$/.test(origin.madeBy ?? '');
    return isConsole ? { sink: `rich.console.${word}`, kind: 'print', render } : undefined;
  },
};

/** `nl=False` leaves the line open. */
function renderEcho(script: Script, call: Call): readonly TemplatePart[] {
  const text = renderFirst(script, call, renderText);
  const newline = call.keywords.get('nl');
  if (newline?.type === 'false') return text;
  return concatenate(text, !newline || newline.type === 'true' ? literal('\n') : holeNamed('…', 'string'));
}

function renderFirst(script: Script, call: Call, render: typeof renderText): readonly TemplatePart[] {
  const value = call.positional[0] ?? call.keywords.get('message');
  return value ? render(script, value) : holeNamed('…');
}

/** rich takes style tags away: `[bold]loss[/bold]` shows `loss`. */
function withoutMarkup(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  return parts.flatMap((part): readonly TemplatePart[] => {
    if (part.kind === 'hole') return [part];
    const text = part.text.replace(/(?<!\\)\[\/?[a-z#@][^[\]]*\]|\[\/\]/g, '');
    return text === '' ? [] : [{ kind: 'literal', text }];
  });
}
