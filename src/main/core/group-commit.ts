/**
 * Makes a function that logs one item out of one that logs many in a single transaction. Items that arrive while a
 * transaction is being written share the next one: a lone item is written at once, a busy intake pays one disk flush
 * for many. Each promise settles with the transaction that its item was in.
 */
export function groupCommit<T>(commit: (items: T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    // Lets items that are ready in the same turn of the event loop in.
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      await commit(group.map(({ item }) => item)).then(
        () => group.map(({ resolve }) => resolve()),
        (error) => group.map(({ reject }) => reject(error)),
      )
    }
    running = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!running) void run()
    })
}
