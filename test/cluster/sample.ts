let every = 1;

/** From now on {@link sample} gives one of so many. */
export function setSample(one: number): void {
  if (!(Number.isInteger(one) && one > 0)) throw new TypeError('--sample takes a whole number from 1 on');
  every = one;
}

/** All of a list, or every Nth. */
export function sample<T>(all: readonly T[]): readonly T[] {
  return all.filter((_, at) => at % every === 0);
}
