/** What can go wrong with running a case again; part of `ERRORS`. */
export const RERUN_ERRORS = {
  'case-not-rerunnable': {
    message: 'A case that is {state} cannot be run again.',
    action: 'Only a case with an answer can be run again; after it was signed, only exactly as before.',
  },
  'case-model-active': {
    message: 'The standing answer is of the active model ({model}) already.',
    action: 'Run it again exactly to check that answer, or activate another model first.',
  },
} as const
