/** What can go wrong with DICOM objects of a result; part of `ERRORS`. */
export const OBJECTS_ERRORS = {
  'objects-not-dicom': {
    message: 'The file of this case is no DICOM file, or what it said was erased.',
    action: 'DICOM objects are made of DICOM images only; a report can be made of every case.',
  },
  'objects-no-study': {
    message: 'The DICOM file of this case does not say which study it belongs to.',
    action: 'Send the image again from its source, and open that one.',
  },
  'objects-no-answer': {
    message: 'There is no answer of the model to make DICOM objects of.',
    action: 'Have the case analysed first.',
  },
  'objects-not-signed': {
    message: 'The case is not signed, and DICOM objects are made of signed cases only.',
    action: 'Sign it first. An administrator can allow preliminary ones in Admin › Settings.',
  },
  'objects-earlier-answer': {
    message: 'The verdict on this case is on an earlier answer; another model’s stands now.',
    action: 'Give a verdict on the answer that stands first.',
  },
  'objects-second-open': {
    message: 'This case waits for its second reading, or for a third reader to decide.',
    action: 'Make the DICOM objects once it is settled.',
  },
} as const
