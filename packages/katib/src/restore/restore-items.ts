import { pointerOf, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';
import { nameOf } from '../record/record.ts';
import type { Path } from './find-stored.ts';

/** An item of a list of the stored Experiment that the given one lacks. */
export interface MissingItem {
  /** Its path in the stored Experiment. */
  readonly stored: Path;
  /** The list in the given one. */
  readonly list: Path;
}

/** Puts items back where they stand in the stored list: after the nearest item before them that is there. */
export function restoreItems(
  stored: unknown,
  given: unknown,
  missing: readonly MissingItem[],
): readonly PatchOperation[] {
  const lists = Map.groupBy(missing, ({ list }) => pointerOf(list));
  return [...lists].flatMap(([pointer, items]): readonly PatchOperation[] => {
    const [first] = items as [MissingItem];
    const sorted = items.toSorted((a, b) => indexOf(a) - indexOf(b));
    const now = valueAt(given, first.list);
    const values = sorted.map((item) => valueAt(stored, item.stored));
    if (now === undefined) return [{ op: 'add', path: pointer, value: values }];
    if (!Array.isArray(now)) return [{ op: 'replace', path: pointer, value: values }];
    const all = valueAt(stored, first.stored.slice(0, -1)) as readonly unknown[];
    const names = now.map(nameOf);
    return sorted.map((item, at) => {
      const index = placeFor(all, indexOf(item), names);
      names.splice(index, 0, nameOf(values[at]));
      return { op: 'add', path: `${pointer}/${index}`, value: values[at] } as const;
    });
  });
}

function placeFor(all: readonly unknown[], index: number, names: readonly (string | undefined)[]): number {
  for (let before = index - 1; before >= 0; before--) {
    const name = nameOf(all[before]);
    const at = name === undefined ? -1 : names.lastIndexOf(name);
    if (at >= 0) return at + 1;
  }
  return 0;
}

function indexOf({ stored }: MissingItem): number {
  return stored.at(-1) as number;
}
