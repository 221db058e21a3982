/** What can be wrong with a series, or with asking for one of its slices. */
export const SERIES_ERRORS = {
  'series-not-judged': {
    message: 'The model does not judge this series: none of its {slices} slices is within what it knows ({reason}).',
    action: 'Read the series yourself; its slices can be scrolled.',
  },
  'case-is-slice': {
    message: 'This image is read as a slice of its series.',
    action: 'Open the series and give the verdict there.',
  },
} as const
