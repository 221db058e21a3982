let aheadMs = 0
/** The clocks of two workstations of a department never tell quite the same, ms. */
const DEPARTMENT_SLACK_MS = 1_000
let slackMs = 0

/** Takes another clock for the record's: that of the department's database, which all workstations tell the time by. */
export function followClock(ahead: number): void {
  aheadMs = ahead
  slackMs = DEPARTMENT_SLACK_MS
}

/** So far back a time may lie behind the one before it without a clock that was set back, ms; one clock alone goes on. */
export const clockSlack = (): number => slackMs

/** Now (ISO 8601, UTC), as the record tells the time. */
export const timeNow = (): string => new Date(Date.now() + aheadMs).toISOString()
