let every = 1;

/** From now on {@link sample} gives one of so many. */
export function setSample(one: number): void {
  if (!(Number.isInteger(one) && one > 0)) throw new TypeError('--sample takes a whole number from 1 on');
  every = one;
}

/** What a fixture is about: the first word of its name (fixtures/README.md). */
export const kindOf = ({ name }: { readonly name: string }): string => name.split('-')[0]!;

/** All fixtures, or of each kind the first one and every Nth from there. */
export function sample<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  const seen = new Map<string, number>();
  return all.filter((each) => {
    const at = seen.get(kindOf(each)) ?? 0;
    seen.set(kindOf(each), at + 1);
    return at % every === 0;
  });
}
