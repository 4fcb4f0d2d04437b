/**
 * Works on items in their order, some of them at once. After the first error no further item is begun; it is thrown
 * once those under way have ended.
 */
export async function forEachAtOnce<T>(
  items: T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let stopped = false;
  const worker = async () => {
    while (!stopped && next < items.length) {
      const item = items[next];
      next += 1;
      try {
        await work(item);
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: Math.min(atOnce, items.length) }, worker),
  );
  for (const end of ended) {
    if (end.status === 'rejected') {
      throw end.reason;
    }
  }
}
