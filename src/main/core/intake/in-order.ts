/**
 * Starts work on items one after another, at most `width` at a time, and gives the results in the order of the items.
 * `work` must not reject: its promise may settle long before anyone looks.
 */
export async function* inOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = []
  for await (const item of items) {
    underWay.push(work(item))
    if (underWay.length >= width) yield await (underWay.shift() as Promise<R>)
  }
  while (underWay.length > 0) yield await (underWay.shift() as Promise<R>)
}
