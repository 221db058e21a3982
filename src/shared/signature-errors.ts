/** What can go wrong with signing, amending and impressions; part of `ERRORS`. */
export const SIGNATURE_ERRORS = {
  'case-signed': {
    message: 'This case is signed and takes no plain verdict any more.',
    action: 'Amend it, with the reason.',
  },
  'case-not-signable': {
    message: 'A case that is {state} cannot be signed.',
    action: 'Save a verdict on it first; a signed case is changed by an amendment.',
  },
  'case-not-signed': {
    message: 'A case that is {state} cannot be amended: it is not signed.',
    action: 'Save a verdict; it is a draft until you sign it.',
  },
  'verdict-not-yours': {
    message: 'The verdict that stands on this case is that of {reader}; only its reader signs it.',
    action: 'Save a verdict of your own, which supersedes it, and sign that.',
  },
  'verdict-outdated': {
    message: 'Another verdict or result stands on this case by now; nothing was signed.',
    action: 'Look at what stands on the case, save your verdict on it and sign that.',
  },
  'not-judged': {
    message: 'The model does not judge this image: there is no answer to agree or disagree with.',
    action: 'Give a finding of your own, or say that you cannot tell.',
  },
  'answer-given': {
    message: 'The model gives an answer to this case by now.',
    action: 'Look at it, and agree or disagree.',
  },
  'impression-needed': {
    message: 'Record your impression of this case first; the answer is shown after it.',
    action: 'Open the case and say what you think it is, or that you cannot tell.',
  },
  'impression-late': {
    message: 'The answer to this case is not kept from you: an impression would not come before it.',
    action: 'Go on with your verdict.',
  },
} as const
