/** What can go wrong with monitoring; part of `ERRORS`. */
export const MONITORING_ERRORS = {
  'month-to-come': {
    message: 'The month {month} has not begun yet.',
    action: 'Choose a month that is over, or the present one so far (months are those of UTC).',
  },
} as const
