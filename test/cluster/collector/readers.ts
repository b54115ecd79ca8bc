import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shimSource, shimVariable, usualShimNeeds, wrapWords } from '@katib-push/shim';
import { type ConformingClient, clients } from '../../client/conformance/clients.ts';

/** What pushes the metrics of lines that are printed under it. */
export interface Reader {
  readonly name: string;
  /**
   * Prepares a program that prints texts, each with a line break behind it.
   *
   * @param folder its own; programs and texts are written there
   * @returns the program's words and its environment, beside the configuration and the DB manager's address
   */
  prepare(
    folder: string,
    texts: readonly string[],
  ): { readonly words: readonly string[]; readonly env: Readonly<Record<string, string>> };
}

const programs: Readonly<Record<string, string>> = {
  python: `import json
with open('texts.json', encoding='utf-8') as file: texts = json.load(file)
for text in texts: _katib_push(print)(text)
`,
  javascript: `for (const text of JSON.parse(require('fs').readFileSync('texts.json', 'utf8'))) _katib_push(console).log(text);
`,
};

function clientReader(client: ConformingClient): Reader {
  const [interpreter = ''] = client.interpreters.values();
  return {
    name: `the ${client.language} client`,
    prepare(folder, texts) {
      writeFileSync(join(folder, 'texts.json'), JSON.stringify(texts));
      writeFileSync(join(folder, client.program), client.prelude() + programs[client.language]);
      const env = { PYTHONUTF8: '1', [client.variable]: client.source };
      return { words: [interpreter, client.program], env };
    },
  };
}

const shim: Reader = {
  name: 'the shim',
  prepare(folder, texts) {
    writeFileSync(join(folder, 'texts'), texts.map((text) => `${text}\n`).join(''));
    const needs = { ...usualShimNeeds, customFilters: true };
    return { words: wrapWords(['cat', 'texts']), env: { [shimVariable]: shimSource(needs) } };
  },
};

/** All that reads in place of the collector: the push client of each language, and the shim. */
export const readers: readonly Reader[] = [...clients.map(clientReader), shim];
