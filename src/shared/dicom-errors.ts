/** What can be wrong with a DICOM file. */
export const DICOM_ERRORS = {
  'dicom-none': {
    message: 'This is no DICOM file.',
    action: 'Open it as a picture; who and what it shows is then not known.',
  },
  'dicom-no-image': {
    message: 'This DICOM file holds {object}, not an image.',
    action: 'Open the image files of the series.',
  },
  'medium-alone': {
    message: 'This is a DICOMDIR, the list of the files on a medium, and no image.',
    action: 'Open the folder or the CD that it lies on.',
  },
  'medium-empty': {
    message: 'This DICOMDIR names no images.',
    action: 'Open the folder or the CD that it lies on: all images in it are found.',
  },
  'medium-without-files': {
    message: 'None of the files that this DICOMDIR names is there ({files}).',
    action: 'Open it on its medium, or copy the whole medium with all its folders.',
  },
  'medium-path': {
    message: 'The DICOMDIR names a file that is not on its medium.',
    action: 'Do not follow it by other means. Ask whoever made the medium what it is.',
  },
  'dicom-damaged': {
    message: 'This DICOM file is damaged: its element {tag} cannot be read.',
    action: 'Export the image again from the PACS.',
  },
  'dicom-attribute': {
    message: 'This DICOM file has no usable {attribute}: {value} stands there.',
    action: 'Export the image again from the PACS; if it stays so, keep the file for support.',
  },
  'dicom-photometric': {
    message: 'The colours of this DICOM file are stored as {photometric}, which Gyrus does not read.',
    action: 'Have the PACS export it as MONOCHROME2 or RGB.',
  },
  'dicom-unsupported': {
    message: 'This DICOM file is stored in a form that Gyrus does not read (transfer syntax {syntax}).',
    action: 'Have the PACS export it uncompressed (Explicit VR Little Endian).',
  },
  'dicom-pixels-mismatch': {
    message:
      'The header of this DICOM file tells of {frames} × {rows} × {columns} pixels, its data does not fit that ({found}).',
    action: 'Export the image again from the PACS.',
  },
  'dicom-frame-missing': {
    message: 'Frame {frame} of {frames} is missing in this file.',
    action: 'Export the image again from the PACS; the copy was probably interrupted.',
  },
  'dicom-limit': {
    message: 'This DICOM file has more {what} than Gyrus reads; the limit is {limit}.',
    action: 'Export the series as single images.',
  },
} as const
