import { compileFilters, type Language, outermostLayer, rewritePrograms } from '@katib-push/core';
import { loadLanguages } from '@katib-push/katib';

const { filters } = compileFilters(['accuracy', 'loss']);

/** The whole rewrite of a script that prints `accuracy` and `loss`, verification included. Throws where nothing changed. */
export function rewriteText(language: Language, text: string): string {
  if (!filters) throw new Error('the default filter has to compile');
  const name = `train${language.extensions[0]}`;
  const { strings, report } = rewritePrograms(
    (replaced) => [
      {
        kind: 'text',
        language,
        layer: outermostLayer(replaced.get(name) ?? text, name, name),
        name,
        role: 'main',
        dropsEnvironment: false,
        output: { stdout: 'container', stderr: 'container' },
      },
    ],
    { filters },
  );
  const rewritten = strings.get(name);
  if (rewritten === undefined)
    throw new Error(`the sample has to be rewritten: ${JSON.stringify(report.diagnostics)}`);
  return rewritten;
}

/** One of the registered languages. */
export async function languageNamed(name: string): Promise<Language> {
  const found = (await loadLanguages()).find((language) => language.name === name);
  if (!found) throw new Error(`there is no language ${name}`);
  return found;
}
