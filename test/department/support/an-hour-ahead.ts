/** Loaded before all else, it lets a process take it to be an hour later than it is. */
const HOUR_MS = 3_600_000
const now = Date.now.bind(Date)

class LaterDate extends Date {
  constructor(...given: [] | [number | string | Date]) {
    super(given.length === 0 ? now() + HOUR_MS : given[0])
  }

  static override now(): number {
    return now() + HOUR_MS
  }
}

globalThis.Date = LaterDate as DateConstructor
