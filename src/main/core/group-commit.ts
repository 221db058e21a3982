import { setTimeout as sleep } from 'node:timers/promises'

/** How long a busy intake gathers items between two transactions, ms. */
const GATHER_MS = 25

/**
 * Makes a function that logs one item out of one that logs many in a single transaction. An item that comes alone is
 * written at once; those that arrive while it is on its way to the disk, or shortly after, share the next transaction,
 * so that a busy intake pays one disk flush for many. Each promise settles with the transaction that its item was in.
 */
export function groupCommit<T>(commit: (items: T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      await commit(group.map(({ item }) => item)).then(
        () => group.map(({ resolve }) => resolve()),
        (error) => group.map(({ reject }) => reject(error)),
      )
      await sleep(GATHER_MS)
    }
    running = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!running) void run()
    })
}
