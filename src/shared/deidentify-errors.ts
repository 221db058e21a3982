export const DEIDENTIFY_ERRORS = {
  'deidentify-unreadable': {
    message: 'This is no DICOM file that can be de-identified: {reason}.',
    action: 'Leave the file out, or send it again from its source.',
  },
  'deidentify-not-image': {
    message:
      'This DICOM file holds no image. Only images are de-identified: nobody can tell who is named in a document.',
    action: 'Leave the file out.',
  },
  'deidentify-out-not-empty': {
    message: 'The folder {path} is not empty. De-identified copies are never mixed with other files.',
    action: 'Name a new folder, or an empty one.',
  },
} as const
