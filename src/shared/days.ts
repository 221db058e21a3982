/** Calendar days (`2026-11-20`) of the reader's time zone, and the instants (UTC) at which they start and end. */

export function dayOf(instant: string | Date): string {
  const date = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

export function daysAgo(days: number): string {
  const date = new Date()
  date.setDate(date.getDate() - days)
  return dayOf(date)
}

/** Null for an empty or unfinished day. */
export const startOfDay = (day: string) => instantOf(day, 0)

/** The first instant after the day. */
export const endOfDay = (day: string) => instantOf(day, 1)

function instantOf(day: string, plusDays: number): string | null {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return null
  return new Date(year, month - 1, date + plusDays).toISOString()
}
