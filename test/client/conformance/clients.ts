import { everyNeed } from '@katib-push/core';
import { createJavaScript } from '@katib-push/javascript';
import { createPython } from '@katib-push/python';
import { nodes } from '../javascript/nodes.ts';
import { interpreters } from '../python.ts';

/** What the suite has to know of one language's client. A further language is one more of these. */
export interface ConformingClient {
  readonly language: string;
  /** The program of a case, in the case's folder. */
  readonly program: string;
  /** Environment variable that holds the client's source. */
  readonly variable: string;
  readonly source: string;
  /** What stands in front of the program; binds `_katib_push`. `overrides` as the prelude gives them to the client. */
  prelude(overrides?: object): string;
  /** Paths of the interpreters that it is run with, by version; the first one is the usual one. */
  readonly interpreters: ReadonlyMap<string, string>;
  /** Variables that would change how the interpreter works. */
  readonly concerns: RegExp;
  /** What is run; by default the interpreter with the program. */
  words?(call: readonly string[]): readonly string[];
}

/** Sources are what the rewrite injects, not the files as they stand in the repository. */
export const clients: readonly ConformingClient[] = [
  {
    language: 'python',
    program: 'program.py',
    variable: 'KATIB_PUSH_PYTHON',
    source: (await createPython()).client?.source(everyNeed) ?? '',
    prelude: (overrides) => {
      const more = overrides ? `,__import__('json').loads(${JSON.stringify(JSON.stringify(overrides))})` : '';
      const start = `exec(__import__('os').environ['KATIB_PUSH_PYTHON'],{'katib_push_into':(globals(),'_katib_push'${more})})`;
      return `_katib_push=lambda f,*_:f\ntry:${start}\nexcept Exception:pass\n`;
    },
    // the other versions have tests of their own, which run all kinds of lines
    interpreters: new Map([...interpreters()].slice(0, 1)),
    concerns: /^PYTHON/,
  },
  {
    language: 'javascript',
    program: 'program.cjs',
    variable: 'KATIB_PUSH_JAVASCRIPT',
    source: createJavaScript().client?.source(everyNeed) ?? '',
    prelude: (overrides) => {
      const more = overrides ? `,overrides:${JSON.stringify(overrides)}` : '';
      const into = `{bind:f=>{_katib_push=f}${more}}`;
      return `let _katib_push=f=>f;try{new Function('katib_push_into',process.env.KATIB_PUSH_JAVASCRIPT)(${into})}catch{}\n`;
    },
    // the versions between have tests of their own, of how programs start and end
    interpreters: newestAndOldest(nodes()),
    concerns: /^NODE/,
  },
];

/** @param versions the usual one first, then in ascending order */
function newestAndOldest(versions: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...versions].slice(0, 2));
}
