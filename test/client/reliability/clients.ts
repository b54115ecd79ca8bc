import { shimSource, shimVariable, usualShimNeeds, wrapWords } from '@katib-push/shim';
import { type ConformingClient, clients as languages } from '../conformance/clients.ts';

const python = languages.find(({ language }) => language === 'python');
if (!python) throw new Error('the shim runs a Python program: there is no Python among the clients');

/** What runs under each fault: the languages' clients, and the shim with a program that knows nothing of it. */
export const clients: readonly ConformingClient[] = [
  ...languages,
  {
    ...python,
    language: 'shim',
    variable: shimVariable,
    source: shimSource(usualShimNeeds),
    prelude: () => '_katib_push = lambda callee: callee\n',
    words: (call) => wrapWords(call, { interpreters: call.slice(0, 1) }),
  },
];
