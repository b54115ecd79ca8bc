import { type Language, outermostLayer, unwrapContainer } from '@katib-push/core';
import { loadLanguages, locateContainer, readExperiment } from '@katib-push/katib';
import { readCases } from '../cases/read-cases.ts';
import { rewriteText } from './rewrite-text.ts';

/** The different scripts of a language in the fixtures' containers in which a print of `accuracy` or `loss` is wrapped. */
export async function fixtureScripts(language: Language): Promise<readonly string[]> {
  const languages = await loadLanguages();
  const scripts = new Set<string>();
  for (const { experiment: given } of readCases()) {
    const { experiment } = readExperiment(given);
    const { container } = experiment ? locateContainer(experiment) : {};
    if (!container) continue;
    const [command, args] = ['command', 'args'].map((field) =>
      [container.value[field] ?? []]
        .flat()
        .map((word, index) => outermostLayer(String(word), field, `/${index}`)),
    );
    const context = { environmentNames: new Set<string>(), languages };
    for (const program of unwrapContainer({ command: command ?? [], args: args ?? [] }, context))
      if (program.kind === 'text' && program.language.name === language.name) scripts.add(program.layer.text);
  }
  return [...scripts].filter((text) => isRewritten(language, text));
}

function isRewritten(language: Language, text: string): boolean {
  try {
    return rewriteText(language, text) !== text;
  } catch {
    return false;
  }
}
