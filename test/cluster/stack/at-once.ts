/**
 * Does something with each item, with so many at a time.
 *
 * @returns what came of them, in the order of the items
 */
export async function atOnce<T, R>(
  most: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const done: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) done[at] = await work(items[at]!, at);
  };
  await Promise.all(Array.from({ length: most }, worker));
  return done;
}
