import type { Delivery, PreludeOptions } from '@katib-push/core';
import { pythonLiteral, stringLiteral } from './python-literal.ts';

/**
 * The statements, on one line, that bind `name` to a pass-through and then ask the client to take it over.
 * Whatever goes wrong in the client, the pass-through stays.
 */
export function preludeText({ clientName, delivery, streams, everyLine }: PreludeOptions): string {
  const settings = { ...(streams ? { streams } : {}), ...(everyLine ? { everyLine } : {}) };
  return `${clientName}=lambda f,*_:f; ${bind(clientName, delivery, settings)}`;
}

/** @param settings given to the client beside the environment's */
function bind(name: string, delivery: Delivery, settings: object): string {
  const given = Object.keys(settings).length > 0 ? `,${pythonLiteral(settings)}` : '';
  switch (delivery.kind) {
    case 'env':
      return guarded(
        `exec(__import__('os').environ['KATIB_PUSH_PYTHON'],{'katib_push_into':(globals(),'${name}'${given})})`,
      );
    case 'image':
      return sayingIfMissing(`__import__('katib_push').bind(globals(),'${name}'${given})`);
    case 'inline': {
      const all = pythonLiteral({ ...JSON.parse(delivery.settings), ...settings });
      // the source is a literal of its own, beside the guarded text: within it, every escape would double
      const names = `{'s':${stringLiteral(delivery.source)},'g':globals(),'o':${all}}`;
      return guarded(`exec(s,{'katib_push_into':(g,'${name}',o)})`, names);
    }
  }
}

/**
 * The line break is written as `%c`: a backslash would mean something else to each shell that the text passes.
 *
 * @param names what the statement sees, as a dictionary; default: the script's own names
 */
function guarded(statement: string, names?: string): string {
  return `exec("try:${statement}%cexcept Exception:pass"%10${names ? `,${names}` : ''})`;
}

/** A trial without the module would push nothing, and say nothing: one line on stderr does. */
function sayingIfMissing(statement: string): string {
  const line = "b'katib-push: the image has no module katib_push: nothing is pushed'+bytes([10])";
  const inTrial = "'KATIB_PUSH_CONFIG' in __import__('os').environ";
  const say = `${inTrial} and __import__('os').write(2,${line})`;
  return `exec("try:%c try:${statement}%c except ImportError:${say}%cexcept Exception:pass"%(10,10,10))`;
}
