import { outermostLayer } from '../layers/layer.ts';
import { baseName } from './find-interpreter.ts';
import { passOperands, readFront } from './follow-command.ts';
import { splitWords } from './split-words.ts';
import { wrappers } from './wrapper-table.ts';

/** What stands behind the commands in front; or why what they run may be another program than without them. */
export type LookedThrough =
  | { readonly words: readonly string[]; readonly changesFolder: boolean }
  | { readonly hindrance: string };

const deepest = 32;
const folderFlags = ['-C', '--chdir'];
const unsetFlags = ['-u', '--unset'];

/**
 * The words behind commands that change nothing about which program is found.
 *
 *     env A=1 timeout 9 python train.py     python train.py
 *     env -i python train.py                the environment is emptied
 *     conda run python train.py             conda may set up something first
 *
 * @param words an argv; the commands in front are read, nothing else
 */
export function lookThrough(words: readonly string[]): LookedThrough {
  let rest = words;
  let changesFolder = false;
  for (let depth = 0; depth < deepest; depth++) {
    const name = baseName(rest[0] ?? '');
    const wrapper = wrappers.find(({ names }) => names.includes(name));
    if (!wrapper) return { words: rest, changesFolder };
    if (!wrapper.isTransparent)
      return { hindrance: `${name} may set up something first, or run it in another place` };
    const layers = rest.map((word) => outermostLayer(word, '', ''));
    const front = readFront(wrapper, name, layers, []);
    if (!('flags' in front)) return { hindrance: `${name} is not followed` };
    const { flags, next, drops } = front;
    if (drops) return { hindrance: `${name} empties the environment` };
    if (flags.some(({ name: flag, value }) => unsetFlags.includes(flag) && value?.text === 'PATH'))
      return { hindrance: `${name} takes PATH away` };
    changesFolder ||= flags.some((flag) => folderFlags.includes(flag.name));
    const split = flags.find((flag) => flag.name === wrapper.splitFlag || flag.name === '--split-string');
    if (wrapper.splitFlag && split?.value) {
      rest = [name, ...splitWords(split.value).map(({ text }) => text), ...rest.slice(next)];
      continue;
    }
    const end = passOperands(wrapper, layers, next);
    if (rest.slice(next, end).some((word) => word.startsWith('PATH=')))
      return { hindrance: `${name} sets PATH` };
    rest = rest.slice(end);
  }
  return { hindrance: `more than ${deepest} commands stand in front of each other` };
}
