/** What can go wrong with similar cases; part of `ERRORS`. */
export const SIMILAR_ERRORS = {
  'similar-none': {
    message: 'The model “{model}” carries nothing by which similar images could be found.',
    action: 'Models that are made of a training run from now on carry it.',
  },
  'similar-no-answer': {
    message: 'The case has no answer, so that there is nothing to compare.',
    action: 'Wait until it was analysed, or have it analysed again.',
  },
  'similar-not-judged': {
    message: 'The model does not judge this image, so that there is nothing to compare: {reasons}.',
    action: 'Open an image of the kind that the model was made for.',
  },
  'similar-other-index': {
    message:
      'The case was compared by another version of the model “{model}” than the one that is here: index {kept}, here {here}.',
    action: 'Run the case again with the active model, then ask for similar ones.',
  },
  'similar-other-model': {
    message:
      'The case’s answer is of the model “{model}”, which is not in force, and nothing to compare it by was kept.',
    action: 'Run the case again with the active model, then ask for similar ones.',
  },
} as const
