/** An instant in DICOM's forms, in local time as `utcOffsetMinutes` says. */
export interface Moment {
  /** `YYYYMMDD` */
  date: string
  /** `HHMMSS.ffffff` */
  time: string
  /** `YYYYMMDDHHMMSS.ffffff+ZZZZ`: tells its offset itself. */
  dateTime: string
}

/** @param instant UTC, ISO 8601 */
export function momentOf(instant: string, utcOffsetMinutes: number): Moment {
  const local = new Date(Date.parse(instant) + utcOffsetMinutes * 60_000).toISOString()
  const date = local.slice(0, 10).replaceAll('-', '')
  const time = `${local.slice(11, 19).replaceAll(':', '')}.${local.slice(20, 23)}000`
  const size = Math.abs(utcOffsetMinutes)
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  return { date, time, dateTime: `${date}${time}${utcOffsetMinutes < 0 ? '-' : '+'}${two(size / 60)}${two(size % 60)}` }
}
