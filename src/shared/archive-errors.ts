/** What can be wrong with a ZIP file, or with one file in it; part of the catalogue. */
export const ARCHIVE_ERRORS = {
  'archive-damaged': {
    message: 'The ZIP file is damaged or cut off ({reason}).',
    action: 'Copy or download it again; the copy was probably interrupted.',
  },
  'archive-empty': {
    message: 'There are no images in this ZIP file.',
    action: 'Choose one with DICOM, JPEG, PNG, TIFF or WebP files in it.',
  },
  'archive-too-many': {
    message: 'The ZIP file has {entries} entries; the limit is {limit}.',
    action: 'Unpack it, and open the folder.',
  },
  'archive-too-large': {
    message: 'The files in the ZIP file have {megabytes} MB when unpacked; the limit is {limitMegabytes} MB.',
    action: 'Unpack what you need of it, and open that folder.',
  },
  'archive-ratio': {
    message: 'It would unpack to {times} times its size, which images do not.',
    action: 'Do not unpack it. Ask whoever made the ZIP file what it is.',
  },
  'archive-path': {
    message: 'Its path leads out of the ZIP file.',
    action: 'Do not unpack it by other means. Ask whoever made the ZIP file what it is.',
  },
  'archive-twice': {
    message: 'The ZIP file has more than one file of this name; only the first one is opened.',
    action: 'Pack the files again under names of their own.',
  },
  'archive-encrypted': {
    message: 'It is encrypted in the ZIP file.',
    action: 'Unpack it with its password, and open the folder.',
  },
  'archive-nested': {
    message: 'An archive within a ZIP file is not opened.',
    action: 'Take it out of the ZIP file, and open it by itself if it is a ZIP file.',
  },
  'archive-method': {
    message: 'It is compressed in a way that Gyrus does not read (method {method}).',
    action: 'Unpack the ZIP file with the program that made it, and open the folder.',
  },
  'archive-checksum': {
    message: 'It is not what was put into the ZIP file: its checksum differs.',
    action: 'Copy or download the ZIP file again.',
  },
} as const
