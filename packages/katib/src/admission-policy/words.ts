import { interpreterPattern } from '@katib-push/shim';
import { assignment, keptShells, plainWord, quotedWord, shellWords } from '../locate/words-that-run.ts';
import { type CelVariable, celList, celText, fieldOr } from './cel.ts';

const first = 'variables.words[0]';

/** The words of the container, and what is tried as an interpreter before those that are always tried. */
export const wordsVariables: readonly CelVariable[] = [
  {
    name: 'words',
    expression: `variables.container.command + dyn(${fieldOr('variables.container.args', '[]')})`,
  },
  {
    name: 'own',
    expression: `${first}.matches(${celText(plainWord.source)}) && ${first}.substring(${first}.lastIndexOf("/") + 1).matches(${celText(interpreterPattern)}) ? ${first} : ""`,
  },
];

/**
 * Whether the words run as they are once no sidecar is there: the part of `wordsThatRun` that needs no shell's grammar.
 * A shell and its text, words that no shell changes, and words with a line break.
 */
export const wordsStay = (() => {
  const shells = keptShells.flatMap((shell) => [shell, `/bin/${shell}`, `/usr/bin/${shell}`]);
  const isQuoted = `!(${first} in ${celList(keptShells)}) && variables.words[2].matches(${celText(quotedWord.source)})`;
  const textWithShell = `size(variables.words) == 3 && variables.words[1] == "-c" && ${first} in ${celList(shells)} && !(${isQuoted})`;
  const keepsShell = `size(variables.words) > 1 && variables.words[1] == "-c" && ${first} in ${celList(keptShells)}`;
  const builtins = [...shellWords].filter((word) => plainWord.test(word));
  const plain = [
    `!(${keepsShell})`,
    `variables.words.all(w, w.matches(${celText(plainWord.source)}))`,
    `!(${first} in ${celList(builtins)})`,
    `!${first}.matches(${celText(assignment.source)})`,
  ].join(' && ');
  const broken = String.raw`variables.words.exists(w, w.matches("[\\n\\r]"))`;
  return `(${textWithShell}) || (${plain}) || ${broken}`;
})();
