/** Failures of what is done to a case; part of `ERRORS`. */
export const CASE_ERRORS = {
  'case-unknown': { message: 'There is no case with this id.', action: 'Go back to the work list.' },
  'case-ambiguous': {
    message: '{n} cases are found by “{code}”.',
    action: 'Give the whole id of the one that you mean; “gyrus cases --json” lists them.',
  },
  'case-not-reviewable': {
    message: 'A case that is {state} takes no verdict.',
    action: 'Wait for the analysis, or open the file again.',
  },
  'case-not-listed': {
    message: 'This case does not wait to be classified, or its image is not here any more.',
    action: 'Look at the case again.',
  },
  'case-not-failed': {
    message: 'Only a failed case can be tried again; this one is {state}.',
    action: 'Go back to the work list.',
  },
  'case-not-dismissable': {
    message:
      'Only a case that failed, that the model does not judge or that is an edited picture can be dismissed, before it is read.',
    action: 'Give your verdict on it instead.',
  },
  'scan-altered': {
    message: 'The stored copy of this scan is missing or was changed.',
    action: 'Open the original file again.',
  },
} as const
