import type { Delivery } from '@katib-push/core';
import { pythonLiteral, stringLiteral } from './python-literal.ts';

/**
 * The statements, on one line, that bind `name` to a pass-through and then ask the client to take it over.
 * Whatever goes wrong in the client, the pass-through stays.
 */
export function preludeText(name: string, delivery: Delivery): string {
  return `${name}=lambda f,*_:f; ${bind(name, delivery)}`;
}

function bind(name: string, delivery: Delivery): string {
  switch (delivery.kind) {
    case 'env':
      return guarded(
        `exec(__import__('os').environ['KATIB_PUSH_PYTHON'],{'katib_push_into':(globals(),'${name}')})`,
      );
    case 'image':
      return guarded(`__import__('katib_push').bind(globals(),'${name}')`);
    case 'inline': {
      // the source is a literal of its own, beside the guarded text: within it, every escape would double
      const given = `{'s':${stringLiteral(delivery.source)},'g':globals(),'o':${pythonLiteral(JSON.parse(delivery.settings))}}`;
      return guarded(`exec(s,{'katib_push_into':(g,'${name}',o)})`, given);
    }
  }
}

/** @param given the names that the statement sees, as a dictionary; default: the script's own */
function guarded(statement: string, given?: string): string {
  return `exec("try:${statement}\\nexcept Exception:pass"${given ? `,${given}` : ''})`;
}
