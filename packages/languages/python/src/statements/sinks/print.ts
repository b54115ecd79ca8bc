import { renderPrint } from '../../templates/print.ts';
import type { SinkFamily } from '../sink.ts';

/** The built-in `print`, by its own name or as `builtins.print`. A shadowed one counts: it may well print. */
export const print: SinkFamily = {
  names: ['print'],
  recognize({ script, path, word }) {
    if (word !== 'print' || (path !== 'print' && path !== 'builtins.print' && path !== '__builtins__.print'))
      return undefined;
    return { sink: 'print', kind: 'print', asValue: true, render: (call) => renderPrint(script, call) };
  },
};
