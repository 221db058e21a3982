/** How long a busy intake gathers items between two transactions, ms. */
const GATHER_MS = 100
/** The same while a reader waits for one of them. */
const URGENT_MS = 25

interface Waiting<T> {
  item: T
  urgent: boolean
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Makes a function that logs one item out of one that logs many in a single transaction. An item that comes alone is
 * written at once; those that arrive while it is on its way to the disk, or shortly after, share the next transaction,
 * so that a busy intake pays one disk flush for many. Each promise settles with the transaction that its item was in.
 */
export function groupCommit<T>(commit: (items: T[]) => Promise<void>): (item: T, urgent?: boolean) => Promise<void> {
  let waiting: Waiting<T>[] = []
  let committing = false
  /** When the last transaction ended. */
  let ended = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  async function run(): Promise<void> {
    const group = waiting
    waiting = []
    committing = true
    await commit(group.map(({ item }) => item)).then(
      () => group.map(({ resolve }) => resolve()),
      (error) => group.map(({ reject }) => reject(error)),
    )
    committing = false
    ended = performance.now()
    if (waiting.length > 0) schedule()
  }

  function schedule(): void {
    if (committing) return
    clearTimeout(timer)
    const gather = waiting.some(({ urgent }) => urgent) ? URGENT_MS : GATHER_MS
    const left = ended + gather - performance.now()
    if (left > 0) timer = setTimeout(run, left)
    else void run()
  }

  return (item, urgent = false) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, urgent, resolve, reject })
      schedule()
    })
}
