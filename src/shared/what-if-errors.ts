/** What can go wrong with an experiment on a picture; part of `ERRORS`. */
export const WHAT_IF_ERRORS = {
  'what-if-empty': {
    message: 'After step {step} all pixels are the same: nothing is left that a model could judge.',
    action: 'Take the step back.',
  },
  'what-if-uniform': {
    message: 'All pixels of this image are the same: there is nothing in it that a model could judge.',
    action: 'Choose another image.',
  },
  'what-if-too-small': {
    message: 'After step {step} the image has {width} × {height} pixels; at least {minimum} × {minimum} are needed.',
    action: 'Take the step back, or crop less.',
  },
  'what-if-too-large': {
    message:
      'After step {step} the image would have {width} × {height} pixels; the limit is {limitMegapixels} megapixels.',
    action: 'Take the step back, or crop first.',
  },
  'what-if-outside': {
    message: 'The rectangle of step {step} lies outside the image.',
    action: 'Draw it within the image.',
  },
  'what-if-steps': {
    message: 'The steps cannot be used: {reason}.',
    action: 'Give a JSON list of steps as docs/what-if.md describes them.',
  },
  'experiment-unknown': {
    message: 'This experiment is not on record.',
    action: 'Look at the list of the case’s experiments.',
  },
  'experiment-no-steps': {
    message: 'There is nothing to keep: the image is as it came.',
    action: 'Change something first.',
  },
  'experiment-erased': {
    message: 'The steps of this experiment were erased with its case.',
    action: 'There is nothing that could be made again.',
  },
} as const
