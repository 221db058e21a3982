/** What can go wrong with a heat map; part of `ERRORS`. */
export const EXPLAIN_ERRORS = {
  'explain-no-heat': {
    message: 'Nothing in this image speaks for “{label}” by the method {method}: its highest value is {highest}.',
    action: 'Ask for the map of the class that the image is called, or for another method.',
  },
  'explain-class-without-map': {
    message: 'The method {method} has no map for “{label}”.',
    action: 'Ask for a kind of tumour, or for another method: {others}.',
  },
  'explain-no-head': {
    message: 'The model “{model}” carries nothing that says where a tumour is.',
    action: 'Ask for another method: {others}.',
  },
  'explain-network': {
    message:
      'The network of the model “{model}” has not the layers from which this map is made, or they cannot be run here.',
    action: 'Ask for another method: {others}.',
  },
  'explain-frame-unread': {
    message: 'There is no answer on record for frame {frame} that a heat map could explain.',
    action: 'Choose a frame that has an answer.',
  },
  'explain-not-judged': {
    message: 'The model does not judge this image: there is no answer to explain.',
    action: 'Read it as any other image; nothing of what the network computed is meant for it.',
  },
  'explain-other-model': {
    message: 'The case’s answer is of the model “{model}”, which is not in force; a map would be of another one.',
    action: 'Run the case again with the active model, then ask for its map.',
  },
} as const
