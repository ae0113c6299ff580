/** Documents that are removed at the same time. */
const together = 16;

/** Does something with each, a few at a time. */
export async function inGroups<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  for (let next = 0; next < items.length; next += together) {
    await Promise.all(items.slice(next, next + together).map(each));
  }
}
