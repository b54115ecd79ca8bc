/**
 * How many items at the front of a list a condition holds for, by binary search.
 *
 * @param holds true for the first items and false for all behind them: `(start) => start <= at` of ascending starts
 */
export function countWhile<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
